"""Our styles in somebody else's document: a style of ours takes the place of one of the same name, under the id it has there.

So the report looks the same under every head; the office's own paragraphs keep what they are based on.
"""

from typing import Any, Final

from wenxiao.rendering.word.marks import W
from wenxiao.rendering.word.styles import STYLES

_KEPT: Final = frozenset({"Normal", "Default Paragraph Font", "Normal Table"})
"""Styles that everything of the office's own leans on: theirs stay."""
_NAMED: Final = tuple(W + tag for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next"))


def adopt(document: Any, made: list[Any]) -> list[Any]:
    """Bring our styles into a document; give the elements of a report naming them as the document does."""
    from docx.oxml import parse_xml

    relations = document.part.rels
    for identity in [key for key, one in relations.items() if one.reltype.endswith("/stylesWithEffects")]:
        del relations[identity]  # what Word 2010 wrote for Word 2007: it would have to say the same
    styles = document.part._styles_part.element
    there = {_name(one): one for one in styles.iterfind(f"{W}style")}
    taken = {one.get(f"{W}styleId") for one in there.values()}
    ours = list(parse_xml(STYLES).iterfind(f"{W}style"))
    identities = {one.get(f"{W}styleId"): _identity(one, there, taken) for one in ours}
    for one in ours:
        if _name(one) in _KEPT:
            continue
        old, own = there.get(_name(one)), one.get(f"{W}styleId")
        one.set(f"{W}styleId", identities[own])
        _rename(one, identities)
        if old is not None:
            old.addprevious(one)
            styles.remove(old)
            _unlink(styles, identities[own])
        else:
            styles.append(one)
    for one in made:
        _rename(one, identities)
    return made


def _name(style: Any) -> str:
    return str(style.find(f"{W}name").get(f"{W}val"))


def _identity(one: Any, there: dict[str, Any], taken: set[str]) -> str:
    """Give the id of a style there: that of its namesake, else its own where it is free."""
    own = str(one.get(f"{W}styleId"))
    if (old := there.get(_name(one))) is not None:
        return str(old.get(f"{W}styleId"))
    return own if own not in taken else f"Wx{own}"


def _unlink(styles: Any, identity: str) -> None:
    """Part the style of letters that was linked with a style that is ours now."""
    for one in styles.iterfind(f"{W}style/{W}link[@{W}val='{identity}']"):
        one.getparent().remove(one)


def _rename(element: Any, identities: dict[str, str]) -> None:
    for one in element.iter(*_NAMED):
        value = one.get(f"{W}val")
        one.set(f"{W}val", identities.get(value, value))
