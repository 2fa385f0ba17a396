"""Offsets: every clean span maps to the smallest stretch of the source that holds it, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jfextract.text.offsets import IDENTITY, OffsetMap, Replacement, apply_edits, offset_map


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Replacement]]:
    source = draw(st.text("甲乙丙丁(a)", max_size=40))
    cuts = sorted(draw(st.lists(st.integers(0, len(source)), max_size=8, unique=True)))
    edits = [(a, b, draw(st.text("天地", max_size=3))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    return source, edits


def origin(source: str, edits: list[Replacement]) -> list[tuple[int, int]]:
    """Return for each clean character the stretch of the source it stands for."""
    stretches: list[tuple[int, int]] = []
    at = 0
    for start, end, replacement in edits:
        stretches += [(i, i + 1) for i in range(at, start)] + [(start, end)] * len(replacement)
        at = end
    return stretches + [(i, i + 1) for i in range(at, len(source))]


@given(edited(), st.data())
def test_a_clean_span_maps_to_the_smallest_stretch_that_holds_it(
    case: tuple[str, list[Replacement]], data: st.DataObject
) -> None:
    source, edits = case
    clean = apply_edits(source, edits)
    stretches = origin(source, edits)
    assert len(stretches) == len(clean)
    if not clean:
        return
    start = data.draw(st.integers(0, len(clean) - 1))
    end = data.draw(st.integers(start + 1, len(clean)))
    wanted = (stretches[start][0], stretches[end - 1][1])
    assert offset_map(edits).to_source(start, end) == wanted


@given(edited(), st.data())
def test_a_source_span_maps_to_what_is_left_of_it(
    case: tuple[str, list[Replacement]], data: st.DataObject
) -> None:
    source, edits = case
    offsets = offset_map(edits)
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    clean_start, clean_end = offsets.to_clean(start, end)
    assert 0 <= clean_start <= clean_end <= len(apply_edits(source, edits))
    touched = [i for i, (a, b) in enumerate(origin(source, edits)) if a < end and b > start]
    if start < end and touched:
        assert clean_start <= touched[0]
        assert touched[-1] < clean_end


def test_a_name_before_a_removed_gloss_ends_before_it() -> None:
    offsets = offset_map([(2, 9, "")])  # 九鄉(xiāng)一鎮
    assert offsets.to_source(0, 2) == (0, 2)
    assert offsets.to_source(1, 3) == (1, 10)


def test_no_edits_is_the_identity() -> None:
    assert offset_map([]) is IDENTITY
    assert IDENTITY.to_source(3, 5) == OffsetMap().to_clean(3, 5) == (3, 5)


def test_edits_out_of_order_are_refused() -> None:
    with pytest.raises(ValueError, match="sorted"):
        offset_map([(3, 5, ""), (1, 2, "")])
