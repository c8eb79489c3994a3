"""What is said of bad input at the desk, sentence by sentence, and the tests that try it through a door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent.parent

# What may be done wrong: file and tests. Each asks for the reason where it is due, and that nothing was written.
TRIED = {
    "conflicting edits": {
        "admin/test_admin_editing.py": [
            "test_a_stale_save_is_refused_with_what_changed_and_keeps_what_was_typed",
            "test_of_two_editors_at_once_one_is_refused",
        ],
        "admin/test_two_editors.py": [
            "test_a_stale_save_is_refused_with_a_comparison_and_keeps_what_was_typed",
            "test_bulk_actions_are_refused_for_what_changed_meanwhile",
        ],
        "admin/test_desk_queue.py": ["test_two_editors_do_not_decide_the_same_item_blindly"],
        "admin/test_admin_pairs.py": [
            "test_a_pair_that_changed_meanwhile_is_refused_in_place_and_keeps_the_reason_typed"
        ],
    },
    "merging a record with itself or with one of another kind": {
        "admin/test_admin_pairs.py": ["test_what_cannot_be_one_is_refused_with_the_reason"],
    },
    "un-merging after later edits": {
        "admin/test_admin_pairs.py": ["test_un_merging_after_later_edits_is_refused_until_they_are_taken_back"],
    },
    "an allocation above the whole": {
        "funding/test_share_refusals.py": [
            "test_a_share_above_the_whole_is_refused_at_the_field",
            "test_the_desk_takes_no_share_above_the_whole",
            "test_an_edit_of_many_is_refused_where_one_goes_above_the_whole",
            "test_shares_that_exceed_the_whole_only_together_are_refused_before_anything_is_written",
        ],
    },
    "a post that ends before it starts": {
        "admin/test_admin_editing.py": ["test_a_post_that_ends_before_it_starts_is_refused_at_the_field"],
        "admin/test_refused_at_the_field.py": [
            "test_every_constraint_is_tried_at_every_field_that_it_speaks_of",
            "test_what_a_record_cannot_hold_is_refused_at_its_field",
            "test_a_value_of_an_article_is_not_accepted_where_it_cannot_stand",
        ],
    },
    "deleting a nation in use": {
        "admin/test_admin_editing.py": ["test_a_nation_in_use_stays_and_the_page_says_by_what"],
    },
    "a 100 kB note": {
        "admin/test_admin_editing.py": [
            "test_a_note_too_long_to_be_kept_whole_is_refused",
            "test_what_a_field_cannot_hold_is_refused_at_the_field",
        ],
        "admin/test_desk_queue.py": ["test_bad_input_is_refused_in_place_and_writes_nothing"],
        "admin/test_desk_disagreements.py": ["test_what_makes_no_sense_is_refused"],
        "admin/test_admin_pairs.py": ["test_a_reason_too_long_to_be_kept_whole_is_refused_in_place"],
    },
    "HTML in a name": {
        "admin/test_admin_editing.py": [
            "test_html_that_a_source_has_in_a_name_is_shown_as_text",
            "test_what_a_field_cannot_hold_is_refused_at_the_field",
        ],
        "admin/test_two_editors.py": ["test_markup_is_refused_in_names_of_reference_data"],
        "admin/test_desk_queue.py": ["test_markup_in_a_value_is_text_and_not_taken_from_an_editor"],
    },
    "deletion is retraction: kept, hidden, in the change feed as a tombstone": {
        "admin/test_admin_editing.py": ["test_deleting_is_retracting_with_a_tombstone"],
        "api/test_api_changes.py": ["test_a_record_is_followed_through_all_that_happens_to_it"],
    },
}


@pytest.mark.parametrize("file", sorted({file for files in TRIED.values() for file in files}))
def test_what_is_named_is_there(file):
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {name for files in TRIED.values() for name in files.get(file, [])} <= there
