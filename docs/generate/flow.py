"""The picture of the flow: dbt's graph, folded to folders, drawn as SVG."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LAYERS = {
    "landing": ("landing", "what the marketplace delivers,", "night by night, and policy"),
    "staging": ("staging", "typed, delivered rows counted", "once, personal data hashed"),
    "intermediate": ("intermediate", "shared building blocks:", "roll-ups, policy in force"),
    "indicators": ("indicators", "what a party looked like", "on a night"),
    "detections": ("detections", "one offence each,", "fires only"),
    "alerts": ("intermediate", "what fired, side by side:", "episodes, states, evidence"),
    "marts": ("marts", "what is published", "for people and BI"),
}
SOURCES = {"landing": ("landing tables", "table"), "landing_log": ("delivery log", "table")}

WIDTH, GUTTER, MARGIN, GAP = 1000, 220, 20, 12
BOX, SPACE, WIDEST, PER_LINE, LANE, SWEEPS, CROSSING = 46, 46, 150, 8, 2, 24, 200
FONT = "system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif"
FILLS = {  # light, dark
    "landing": ("#eef1f4", "#30363d"),
    "staging": ("#ddeafb", "#1c3350"),
    "intermediate": ("#dff3ee", "#173c37"),
    "indicators": ("#fdf0cf", "#453813"),
    "detections": ("#fbe1d8", "#4d261b"),
    "alerts": ("#f6dfef", "#43213b"),
    "marts": ("#e4def8", "#2d2455"),
}


@dataclass
class Group:
    """A folder of models, or a source."""

    layer: str
    title: str
    noun: str
    members: set[str] = field(default_factory=set)
    x: float = 0
    y: float = 0
    width: float = 0
    row: int = 0

    @property
    def count(self) -> str:
        """How many it holds, in words."""
        return f"{len(self.members)} {self.noun}{'s' * (len(self.members) != 1)}"


Key = tuple[str, str]
Edges = dict[tuple[Key, Key], int]


def read_manifest(path: Path) -> dict[str, Any]:
    """dbt's manifest."""
    return json.loads(path.read_text(encoding="utf-8"))


def flow_svg(manifest: dict[str, Any]) -> str:
    """The picture, the same for the same graph."""
    groups, edges = _fold(manifest)
    lines = _lines(groups, edges)
    shown = _without_detours(edges, {key: n for n, line in enumerate(lines) for key in line})
    pieces = _add_lanes(groups, lines, shown)
    _place(groups, lines, pieces)
    return _draw(groups, pieces)


# ------------------------------------------------------------------------------------------ folding


def _fold(manifest: dict[str, Any]) -> tuple[dict[Key, Group], Edges]:
    """Folders with their members, and how many references lead from one to another."""
    parents = manifest["parent_map"]
    nodes = {
        name: node
        for name, node in {**manifest["nodes"], **manifest["sources"]}.items()
        if node["resource_type"] in {"model", "seed", "source"}
    }
    after = _descendants(parents, {n for n, node in nodes.items() if _layer(node) == "detections"})
    home: dict[str, Key] = {}
    groups: dict[Key, Group] = {}
    for name in sorted(nodes):
        group = _group(nodes[name], name in after)
        home[name] = (group.layer, group.title)
        groups.setdefault(home[name], group).members.add(name)
    edges: Edges = defaultdict(int)
    for name in sorted(nodes):
        for parent in parents.get(name, []):
            if parent in home and home[parent] != home[name]:
                edges[home[parent], home[name]] += 1
    return groups, dict(edges)


def _layer(node: dict[str, Any]) -> str:
    return str(node["fqn"][1])


def _group(node: dict[str, Any], is_after: bool) -> Group:
    if node["resource_type"] == "source":
        title, noun = SOURCES.get(node["source_name"], (node["source_name"], "table"))
        return Group("landing", title, noun)
    if node["resource_type"] == "seed":
        return Group("landing", f"{_layer(node)} seeds", "seed")
    layer = _layer(node)
    folder = node["fqn"][2] if len(node["fqn"]) > 3 else layer
    if layer == "intermediate" and is_after:
        layer = "alerts"
    return Group(layer, folder.replace("_", " "), "model")


def _descendants(parents: dict[str, list[str]], start: set[str]) -> set[str]:
    children = defaultdict(list)
    for child, found in parents.items():
        for parent in found:
            children[parent].append(child)
    seen, left = set(), list(start)
    while left:
        for child in children[left.pop()]:
            if child not in seen:
                seen.add(child)
                left.append(child)
    return seen


def _lines(groups: dict[Key, Group], edges: Edges) -> list[list[Key]]:
    """The rows of the picture: the layers; building blocks that read others stand below them."""
    lines = []
    for layer in LAYERS:
        keys = sorted(key for key in groups if key[0] == layer)
        depths = {key: layer == "intermediate" and _reads_its_own(key, edges) for key in keys}
        for depth in (False, True):
            level = [key for key in keys if depths[key] == depth]
            lines += [level[start : start + PER_LINE] for start in range(0, len(level), PER_LINE)]
    return lines


def _reads_its_own(key: Key, edges: Edges) -> bool:
    """Whether a folder reads another one of its layer."""
    return any(b == key and a[0] == key[0] for a, b in edges)


def _without_detours(edges: Edges, line_of: dict[Key, int]) -> list[tuple[Key, Key]]:
    """Edges that lead down, without those that a longer way already tells."""
    down = {(a, b) for a, b in edges if line_of[a] < line_of[b]}
    targets = defaultdict(set)
    for a, b in down:
        targets[a].add(b)

    def reaches(a: Key, b: Key) -> bool:
        return any(c == b or reaches(c, b) for c in targets[a])

    return sorted((a, b) for a, b in down if not any(c != b and reaches(c, b) for c in targets[a]))


# ------------------------------------------------------------------------------------------ placing


def _add_lanes(
    groups: dict[Key, Group], lines: list[list[Key]], edges: list[tuple[Key, Key]]
) -> list[tuple[Key, Key]]:
    """Edges cut into pieces from one row to the next, through lanes between the boxes."""
    line_of = {key: place for place, line in enumerate(lines) for key in line}
    pieces = set()
    for a, b in edges:
        last = a
        for place in range(line_of[a] + 1, line_of[b]):
            lane = ("lane", f"{a[0]} {a[1]} {place}")
            if lane not in groups:
                groups[lane] = Group("lane", "", "", width=LANE)
                lines[place].append(lane)
            pieces.add((last, lane))
            last = lane
        pieces.add((last, b))
    return sorted(pieces)


def _place(groups: dict[Key, Group], lines: list[list[Key]], pieces: list[tuple[Key, Key]]) -> None:
    """Gives every box its place: few crossings first, then what is joined stands close."""
    neighbours: dict[Key, list[Key]] = defaultdict(list)
    for a, b in pieces:
        neighbours[a].append(b)
        neighbours[b].append(a)
    for row, line in enumerate(lines):
        _place_line(groups, line)
        for key in line:
            groups[key].row = row
    for sweep in range(SWEEPS):
        for line in lines if sweep % 2 else reversed(lines):
            line.sort(key=lambda key: (_wish(groups, neighbours, key), key))
            _place_line(groups, line)
    touching = [[(a, b) for a, b in pieces if a in line or b in line] for line in lines]
    for _ in range(SWEEPS):
        moved = [_improve(groups, *row) for row in zip(lines, touching, strict=True)]
        if not any(moved):
            break
    top = float(MARGIN)
    for place, line in enumerate(lines):
        for key in line:
            groups[key].y = top
        nearer = place + 1 < len(lines) and _layer_of(line) == _layer_of(lines[place + 1])
        top += BOX + (SPACE - 12 if nearer else SPACE)


def _improve(groups: dict[Key, Group], line: list[Key], pieces: list[tuple[Key, Key]]) -> bool:
    """Tries every box and lane of a row in every other place of it; says whether it helped."""
    cost, helped = _cost(groups, pieces), False
    for key in sorted(line):
        for place in range(len(line)):
            before = list(line)
            line.remove(key)
            line.insert(place, key)
            _place_line(groups, line)
            if (now := _cost(groups, pieces)) < cost - 1e-6:
                cost, helped = now, True
            else:
                line[:] = before
    _place_line(groups, line)
    return helped


def _cost(groups: dict[Key, Group], pieces: list[tuple[Key, Key]]) -> float:
    """Crossings between the same two rows, then sideways way; bends of a lane count double."""
    rows: dict[int, list[tuple[float, float]]] = defaultdict(list)
    way = 0.0
    for a, b in pieces:
        x1, x2 = _middle(groups[a]), _middle(groups[b])
        rows[groups[a].row].append((x1, x2))
        way += abs(x1 - x2) * (2 if a[0] == b[0] == "lane" else 1)
    crossings = sum(
        (x1 - u1) * (x2 - u2) < 0
        for ends in rows.values()
        for place, (x1, x2) in enumerate(ends)
        for u1, u2 in ends[:place]
    )
    return crossings * CROSSING + way


def _layer_of(line: list[Key]) -> str:
    return next(key[0] for key in line if key[0] != "lane")


def _middle(group: Group) -> float:
    return group.x + group.width / 2


def _wish(groups: dict[Key, Group], neighbours: dict[Key, list[Key]], key: Key) -> float:
    """Where a box would like to stand: amid what it is joined to."""
    places = [_middle(groups[other]) for other in neighbours[key]]
    return round(sum(places) / len(places), 3) if places else _middle(groups[key])


def _place_line(groups: dict[Key, Group], line: list[Key]) -> None:
    boxes = [key for key in line if key[0] != "lane"]
    room = WIDTH - GUTTER - MARGIN - GAP * (len(line) - 1) - LANE * (len(line) - len(boxes))
    width = min(WIDEST, room / len(boxes))
    x = GUTTER + (room - width * len(boxes)) / 2
    for key in line:
        groups[key].x = x
        groups[key].width = LANE if key[0] == "lane" else width
        x += groups[key].width + GAP


# ------------------------------------------------------------------------------------------ drawing


def _draw(groups: dict[Key, Group], pieces: list[tuple[Key, Key]]) -> str:
    layers = [layer for layer in LAYERS if any(key[0] == layer for key in groups)]
    counts = ", ".join(f"{_total(groups, layer)} in {layer}" for layer in layers)
    height = max(group.y for group in groups.values()) + BOX + MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {_n(height)}" '
        f'role="img" aria-labelledby="title">',
        f'<title id="title">Flow of the warehouse, from dbt\'s graph: {counts}</title>',
        f"<style>{_style()}</style>",
        f'<rect class="page" x="0.5" y="0.5" width="{WIDTH - 1}" height="{_n(height - 1)}"/>',
        *(_edge(groups[a], groups[b]) for a, b in pieces),
    ]
    for layer in layers:
        members = [group for key, group in sorted(groups.items()) if key[0] == layer]
        lines += _label(layer, min(group.y for group in members))
        for group in members:
            lines += _box(group)
    return "\n".join([*lines, "</svg>"]) + "\n"


def _total(groups: dict[Key, Group], layer: str) -> int:
    return sum(len(group.members) for key, group in groups.items() if key[0] == layer)


def _style() -> str:
    light = [f".{layer}{{fill:{colour}}}" for layer, (colour, _) in FILLS.items()]
    dark = [f".{layer}{{fill:{colour}}}" for layer, (_, colour) in FILLS.items()]
    return "".join(
        [
            f"text{{font-family:{FONT};fill:#1f2328}}",
            ".name{font-size:13px;font-weight:600;text-anchor:middle}",
            ".count{font-size:12px;text-anchor:middle;fill:#57606a}",
            ".layer{font-size:15px;font-weight:600}.about{font-size:12px;fill:#57606a}",
            ".page{fill:#ffffff;stroke:#d0d7de}.box{stroke:#8c959f;stroke-width:.8}",
            ".edge{fill:none;stroke:#6e7781;stroke-width:1.4;stroke-opacity:.7}",
            *light,
            "@media (prefers-color-scheme:dark){text{fill:#e6edf3}.count,.about{fill:#9da7b1}",
            ".page{fill:#0d1117;stroke:#30363d}.box{stroke:#6e7681}.edge{stroke:#8b949e}",
            *dark,
            "}",
        ]
    )


def _label(layer: str, y: float) -> Iterable[str]:
    title, *about = LAYERS[layer]
    yield f'<text class="layer" x="{MARGIN}" y="{_n(y + 14)}">{title}</text>'
    for line, text in enumerate(about):
        yield f'<text class="about" x="{MARGIN}" y="{_n(y + 31 + 15 * line)}">{text}</text>'


def _box(group: Group) -> Iterable[str]:
    middle = _middle(group)
    yield (
        f'<rect class="box {group.layer}" x="{_n(group.x)}" y="{_n(group.y)}" '
        f'width="{_n(group.width)}" height="{BOX}" rx="6"/>'
    )
    yield f'<text class="name" x="{_n(middle)}" y="{_n(group.y + 20)}">{group.title}</text>'
    yield f'<text class="count" x="{_n(middle)}" y="{_n(group.y + 36)}">{group.count}</text>'


def _edge(start: Group, end: Group) -> str:
    """A piece from one row to the next; through a lane it goes straight down."""
    x1, y1, x2, y2 = _middle(start), start.y + BOX, _middle(end), end.y
    bend = (y2 - y1) / 2
    through = f"V{_n(y2 + BOX)}" if end.layer == "lane" else ""
    return (
        f'<path class="edge" d="M{_n(x1)} {_n(y1)}C{_n(x1)} {_n(y1 + bend)} '
        f'{_n(x2)} {_n(y2 - bend)} {_n(x2)} {_n(y2)}{through}"/>'
    )


def _n(number: float) -> str:
    return f"{number:.1f}".rstrip("0").rstrip(".")
