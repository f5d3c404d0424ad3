"""The cases of tests/corpus: sentences of eligibility text, and the trees they must have."""

import re
from dataclasses import dataclass
from pathlib import Path

from criteria_notation import Branch, agree, branch_of, read_branches

from trialfit.criteria.criterion import Criterion
from trialfit.parsing.eligibility import criteria_of

FOLDER = Path(__file__).resolve().parents[1] / "corpus"
NOT_FAMILIES = frozenset({"outline.md", "criteria.md", "seed_trial.md"})
NOT_YET = "Not yet"
_HEADINGS = {"+": "Inclusion Criteria:", "-": "Exclusion Criteria:"}
_SECTIONS = re.compile(r"^## (?P<heading>.+)$", re.M)
_FENCES = re.compile(r"^```criteria\n(?P<cases>.*?)^```$", re.M | re.S)


@dataclass(frozen=True, slots=True)
class Case:
    """text: the eligibility text. tree: lines of notation. not_yet: why the parser does not give that tree, or ""."""

    family: str
    heading: str
    written: tuple[str, ...]
    tree: tuple[str, ...]
    not_yet: str

    @property
    def title(self) -> str:
        """Its first line, for the name of the test."""
        return f"{self.family}: {self.written[0][2:]}"

    @property
    def text(self) -> str:
        """One line is a bullet of its section; several stand as they are written."""
        if len(self.written) == 1:
            sign, words = self.written[0][0], self.written[0][2:]
            return f"{_HEADINGS[sign]}\n\n* {words}\n"
        lines: list[str] = []
        section = ""
        for line in self.written:
            if line[0] != section:
                section = line[0]
                lines += [_HEADINGS[section], ""]
            lines.append(line[2:])
        return "\n".join(lines) + "\n"

    def found(self) -> list[Branch]:
        """What the parser makes of it."""
        return branches_of(self.text, criteria_of(self.text), together=len(self.written) > 1)

    def passes(self) -> bool:
        """Whether that is the tree of the case."""
        return agree(read_branches(self.tree), self.found())


def branches_of(text: str, criteria: tuple[Criterion, ...], *, together: bool = False) -> list[Branch]:
    """One branch a criterion.

    together: of a list it does not matter into how many criteria it is cut, for all of them must hold; "not any of"
    is then "not" of each.
    """
    found = [branch_of(criterion.node, text) for criterion in criteria]
    return [part for branch in found for part in _must_hold(branch)] if together else found


def _must_hold(branch: Branch) -> list[Branch]:
    if branch.line == "all":
        return [each for part in branch.parts for each in _must_hold(part)]
    if branch.line == "not" and branch.parts[0].line == "any":
        return [Branch("not", branch.words, [part]) for part in branch.parts[0].parts]
    return [branch]


def cases(folder: Path = FOLDER) -> list[Case]:
    """Every case, by file and place. ValueError, naming it, for one that is not in the form."""
    found = []
    for path in sorted(folder.glob("*.md")):
        if path.name not in NOT_FAMILIES:
            found += cases_in(path.stem, path.read_text(encoding="utf-8"))
    return found


def cases_in(family: str, prose: str) -> list[Case]:
    """The cases of one file."""
    headings = [(match.start(), match["heading"]) for match in _SECTIONS.finditer(prose)]
    found = []
    for fence in _FENCES.finditer(prose):
        heading = next((name for start, name in reversed(headings) if start < fence.start()), "")
        found += [_case(family, heading, block) for block in re.split(r"\n{2,}", fence["cases"].strip("\n"))]
    return found


def _case(family: str, heading: str, block: str) -> Case:
    lines = block.split("\n")
    written = tuple(line for line in lines if line[:2] in ("+ ", "- "))
    reasons = [line[2:] for line in lines if line.startswith("! ")]
    tree = tuple(lines[len(written) + len(reasons) :])
    if not written or not tree or tuple(lines[: len(written)]) != written or len(reasons) > 1:
        raise ValueError(f"{family}: a case is its text, a reason where it is not yet read so, then its tree: {block}")
    if bool(reasons) != (heading == NOT_YET):
        raise ValueError(f"{family}: a reason (!) stands with the cases under '{NOT_YET}', and only there: {block}")
    return Case(family, heading, written, tree, reasons[0] if reasons else "")
