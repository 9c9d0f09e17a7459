"""detections.lock: ties the version of each detection to what it judges by.

Locked are the SQL of the model, the macros it calls (plumbing aside), the inputs it requires and
the names of its parameters. Comments, layout and the case of words outside quotes do not count.
Values of parameters are policy: they change by dated rows, without a new version.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from nightly.errors import NightlyError
from nightly.settings import REPOSITORY

LOCK = "detections.lock"
COMMAND = "`make lock-detections`"
PLUMBING = ("nights", "policy", "detections")
"""Folders of macros that say when and in which shape a rule runs, not what it says."""

HEADER = """\
# Which rule each version of a detection is. Written by `make lock-detections`; never edit it.
# logic: hash of the model's SQL, of the macros it calls and of its required inputs.
"""
TOKEN = re.compile(
    r"(?P<comment>\{#.*?#\}|--[^\n]*|/\*.*?\*/)"
    r"|(?P<quoted>'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\")"
    r"|(?P<jinja>\{\{-?|-?\}\}|\{%-?|-?%\})"
    r"|(?P<word>\w+)"
    r"|(?P<sign><=|>=|!=|<>|\|\||::|->>|->|=>|\S)",
    re.S,
)
CONFIG = re.compile(r"\{\{-?\s*config\(.*?\)\s*-?\}\}", re.S)
MACRO = re.compile(r"\{%-?\s*macro\s+(\w+)\s*\(")


@dataclass(frozen=True)
class Rule:
    """What is locked of a detection, and where a person finds it."""

    detection_id: str
    version: int
    logic: str
    parameters: tuple[str, ...]
    model: str
    metadata: str

    def line(self) -> str:
        """Its line of the lock file, which is YAML."""
        names = ", ".join(self.parameters)
        return (
            f'{self.detection_id}: {{version: {self.version}, logic: "{self.logic}", '
            f"parameters: [{names}]}}"
        )


def check_lock(repository: Path = REPOSITORY) -> list[str]:
    """What the lock file and the detections do not agree on, a line each."""
    locked, rules = read_lock(repository), read_rules(repository)
    lines = [line for rule in rules.values() if (line := _difference(rule, locked))]
    return lines + [
        f"{LOCK}: {name} is locked and has no model with that id: restore it (a detection is "
        "retired by a row in seeds/policy/policy_stages.csv, not deleted)"
        for name in sorted(locked.keys() - rules.keys() - _drafts(repository))
    ]


def write_lock(repository: Path = REPOSITORY) -> int:
    """Lock new detections and new versions; refuse a rule that changed under its version."""
    locked, rules = read_lock(repository), read_rules(repository)
    refused = [line for rule in rules.values() if (line := _silent_change(rule, locked))]
    if refused:
        raise NightlyError("\n".join([refused[0], *(f"nightly: {line}" for line in refused[1:])]))
    lines = [rules[name].line() for name in sorted(rules)]
    (repository / LOCK).write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return len(rules)


def read_lock(repository: Path) -> dict[str, dict[str, Any]]:
    """The lock file; without one nothing is locked."""
    path = repository / LOCK
    return yaml.safe_load(path.read_text(encoding="utf-8")) or {} if path.exists() else {}


def read_rules(repository: Path) -> dict[str, Rule]:
    """The rules as they stand, drafts aside: a draft has judged nobody yet."""
    macros, drafts, rules = _macros(repository), _drafts(repository), {}
    for path in sorted(repository.glob("models/detections/**/*.yml")):
        for model in _yaml(path).get("models") or []:
            meta = ((model.get("config") or {}).get("meta") or {}).get("detection")
            if not meta or meta["id"] in drafts:
                continue
            sql = path.with_name(f"{model['name']}.sql")
            rules[meta["id"]] = Rule(
                detection_id=meta["id"],
                version=int(meta["version"]),
                logic=_logic(sql.read_text(encoding="utf-8"), macros, meta["required_inputs"]),
                parameters=tuple(sorted(meta["parameters"])),
                model=sql.relative_to(repository).as_posix(),
                metadata=path.relative_to(repository).as_posix(),
            )
    return rules


def normalise(sql: str) -> str:
    """SQL with Jinja without comments, config, layout, case of words and trailing commas."""
    tokens: list[str] = []
    for found in TOKEN.finditer(CONFIG.sub("", sql)):
        kind, text = found.lastgroup, found[0]
        if kind == "comment":
            continue
        if kind == "word":
            text = text.lower()
        elif kind == "jinja":
            text = text.replace("-", "")
        if text in {")", "]", "}", "from"} and tokens and tokens[-1] == ",":
            tokens.pop()
        tokens.append(text)
    return " ".join(tokens)


def _logic(sql: str, macros: dict[str, str], required_inputs: dict[str, list[str]]) -> str:
    """Hash of a rule: its SQL, what the macros it calls say and what it needs."""
    text = normalise(sql)
    called, open_calls = set(), [text]
    while open_calls:
        words = set(re.findall(r"(\w+) \(", open_calls.pop()))
        found = (words & macros.keys()) - called
        called |= found
        open_calls += [macros[name] for name in found]
    inputs = {table: sorted(columns) for table, columns in required_inputs.items()}
    parts = [text, *(macros[name] for name in sorted(called)), json.dumps(inputs, sort_keys=True)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _macros(repository: Path) -> dict[str, str]:
    found = {}
    for path in sorted(repository.glob("macros/**/*.sql")):
        text = path.read_text(encoding="utf-8")
        if path.parent.name not in PLUMBING:
            found |= {name.lower(): normalise(text) for name in MACRO.findall(text)}
    return found


def _drafts(repository: Path) -> set[str]:
    """Detections that have never been anything but a draft."""
    stages: dict[str, set[str]] = {}
    path = repository / "seeds" / "policy" / "policy_stages.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            stages.setdefault(row["detection_id"], set()).add(row["stage"])
    return {name for name, found in stages.items() if found == {"draft"}}


def _difference(rule: Rule, locked: dict[str, dict[str, Any]]) -> str | None:
    known = locked.get(rule.detection_id)
    if known is None:
        return f"{LOCK}: {rule.detection_id} is missing: run {COMMAND}"
    if rule.version > known["version"]:
        return (
            f"{LOCK}: {rule.detection_id} is version {rule.version} and locked as "
            f"{known['version']}: run {COMMAND}"
        )
    return _silent_change(rule, locked)


def _silent_change(rule: Rule, locked: dict[str, dict[str, Any]]) -> str | None:
    known = locked.get(rule.detection_id)
    if known is None or rule.version > known["version"]:
        return None
    if rule.version < known["version"]:
        return (
            f"{rule.metadata}: {rule.detection_id} went from version {known['version']} back to "
            f"{rule.version}: versions only go up, give the older logic a new one"
        )
    gone = sorted(set(known["parameters"]) - set(rule.parameters))
    new = sorted(set(rule.parameters) - set(known["parameters"]))
    what = [f"parameter {name} is gone" for name in gone] + [
        f"parameter {name} is new" for name in new
    ]
    if not what and rule.logic == known["logic"]:
        return None
    said = ", ".join(what) or f"{rule.model} or a macro it calls"
    return (
        f"{rule.detection_id} changed ({said}) and is still version {rule.version}: raise "
        f"`version` in {rule.metadata}, append its stage to seeds/policy/policy_stages.csv and "
        f"run {COMMAND}"
    )


def _yaml(path: Path) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader) or {}
