-- What is compared, of one or several demos (`seed`): the truth, and what the marts say.
create table schemes (
    seed varchar, scheme_id varchar, scheme_type varchar, detection_id varchar,
    strength varchar, entity_type varchar, entity_id varchar, first_event_at timestamp
);
create table lookalikes (
    seed varchar, lookalike_id varchar, lookalike_type varchar, tempts varchar,
    entity_type varchar, entity_id varchar, first_event_at timestamp
);
create table alerts (
    seed varchar, alert_id varchar, detection_id varchar, entity_type varchar,
    entity_id varchar, cluster_id varchar, alerted_on date, last_fired_on date
);
create table evidence (
    seed varchar, alert_id varchar, object_type varchar, object_id varchar, night date
);
create table members (
    seed varchar, cluster_id varchar, party_type varchar, party_id varchar,
    from_night date
);
create table detections (
    seed varchar, detection_id varchar, scenario varchar, stage varchar
);
create table runs (seed varchar, last_night date);
create table not_scored (detection_id varchar);
