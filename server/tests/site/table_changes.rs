//! Changes of every table of which visitors are shown something, as another process could make them.

/// One statement or more for each table of which visitors are shown something.
pub(crate) const CHANGES: [(&str, &[&str]); 30] = [
    (
        "account",
        &[
            "UPDATE account SET display_name = 'Ada Lark' WHERE display_name = 'Ada Canary'",
            "UPDATE account SET standing = 'suspended' WHERE display_name = 'Ada Lark'",
            "UPDATE account SET suspended_until = 1",
            "UPDATE account SET suspended_until = NULL",
            "UPDATE account SET standing = 'good'",
        ],
    ),
    (
        "account_role",
        &["DELETE FROM account_role WHERE role = 'expert'"],
    ),
    ("code", &["UPDATE code SET value = value || '0'"]),
    (
        "condition",
        &[
            "UPDATE condition SET name = name || ' X', summary = 'Another summary.'",
            "UPDATE condition SET withdrawn = NOT withdrawn WHERE slug = 'gaucher-disease'",
        ],
    ),
    (
        "condition_slug",
        &[
            "DELETE FROM condition_slug WHERE slug = 'wilson-disease'",
            "INSERT INTO condition_slug (rank, slug, condition_id) \
           SELECT 'condition', 'wilson-disease', id FROM condition WHERE slug = 'wilson-disease'",
        ],
    ),
    (
        "helped",
        &[
            "INSERT INTO helped (condition_id, tip, account_id, created_at) \
           SELECT condition_id, json_extract(entries, '$[0].id'), (SELECT max(id) FROM account), 0 \
           FROM section JOIN revision ON revision.id = head_id WHERE kind = 'tips' LIMIT 1",
        ],
    ),
    (
        "hidden_name",
        &["INSERT INTO hidden_name (condition_id, kind, name_key) \
           SELECT condition_id, 'name', name_key FROM synonym"],
    ),
    (
        "leadership",
        &[
            "UPDATE leadership SET words = 'Ask others.'",
            "UPDATE leadership SET state = 'left'",
        ],
    ),
    ("lineage", &["DELETE FROM lineage"]),
    (
        "membership",
        &[
            "UPDATE membership SET audience = 'members' WHERE home",
            "UPDATE membership SET audience = 'everyone' WHERE home",
            "UPDATE membership SET public = FALSE",
            "UPDATE membership SET public = TRUE",
            "DELETE FROM membership WHERE NOT home",
        ],
    ),
    (
        "outside_registry",
        &[
            "UPDATE outside_registry SET name = 'Another', link = 'https://example.org/'",
            "DELETE FROM outside_registry",
        ],
    ),
    (
        "picture",
        &[
            "UPDATE picture SET version = 'another1'",
            "DELETE FROM picture",
        ],
    ),
    ("pinned_topic", &["DELETE FROM pinned_topic"]),
    (
        "post",
        &[
            "UPDATE post SET html = '<p>Other words.</p>' WHERE number = 1",
            "UPDATE post SET hidden_at = 1, hidden_reason = 'Why.' WHERE number = 2",
            "UPDATE post SET content_note = 'mentions death'",
            "UPDATE post SET deleted_at = 1, deletion_reason = 'Why.' WHERE number = 2",
        ],
    ),
    (
        "post_version",
        &[
            "UPDATE post_version SET html = '<p>Former words.</p>'",
            "DELETE FROM post_version",
        ],
    ),
    (
        "profile",
        &[
            "UPDATE profile SET about_html = '<p>Otherwise.</p>'",
            "UPDATE profile SET for_search_engines = FALSE",
            "UPDATE profile SET name_audience = 'members', about_audience = 'only_me'",
            "UPDATE profile SET picture_audience = 'members'",
            "UPDATE profile SET listed_audience = 'members'",
            "UPDATE profile SET for_search_engines = TRUE",
            "UPDATE profile SET name_audience = 'everyone', listed_audience = 'everyone'",
        ],
    ),
    ("proposal", &["DELETE FROM proposal"]),
    (
        "reaction",
        &[
            "UPDATE reaction SET kind = 'me-too'",
            "INSERT INTO reaction (post_id, kind, account_id, created_at) \
           SELECT post_id, 'hugs', account_id, 0 FROM reaction",
            "DELETE FROM reaction WHERE kind = 'me-too'",
        ],
    ),
    ("relative", &["DELETE FROM relative"]),
    ("replacement", &["DELETE FROM replacement"]),
    (
        "resource",
        &[
            "UPDATE resource SET title = 'Another book'",
            "UPDATE resource SET state = 'removed'",
            "UPDATE resource SET state = 'approved'",
        ],
    ),
    (
        "review",
        &[
            "UPDATE review SET due_at = 1, interests = 'Some.'",
            "DELETE FROM review",
        ],
    ),
    (
        "revision",
        &["UPDATE revision SET html = html || '<p>More.</p>', summary = 'More.'"],
    ),
    (
        "second_factor",
        &[
            "UPDATE second_factor SET set_up_at = NULL",
            "UPDATE second_factor SET set_up_at = 1",
            "DELETE FROM second_factor",
        ],
    ),
    (
        "section",
        &["UPDATE section SET head_id = NULL WHERE kind = 'cause'"],
    ),
    (
        "source",
        &["UPDATE source SET attribution = 'Others.', release = '2027'"],
    ),
    ("synonym", &["UPDATE synonym SET name = name || ' X'"]),
    (
        "topic",
        &[
            "UPDATE topic SET title = 'A run'",
            "UPDATE topic SET lock_reason = 'Calm down.'",
            "UPDATE topic SET title = '', hidden_at = 1 WHERE kind = 'discussion'",
            "UPDATE topic SET title = 'A run', hidden_at = NULL, lock_reason = NULL",
            "UPDATE topic SET condition_id = (SELECT id FROM condition WHERE slug = 'gaucher-disease') \
           WHERE kind = 'discussion'",
            "UPDATE topic SET audience = 'members'",
            "UPDATE topic SET audience = 'everyone', posts = 3",
            "UPDATE topic SET decline_reason = 'Ask your doctor.' WHERE kind = 'question'",
            "UPDATE topic SET expert_answers = 1, decline_reason = NULL WHERE kind = 'question'",
        ],
    ),
    (
        "trial",
        &["UPDATE trial SET facts = replace(facts, 'A study', 'Another'), updated = '2026-01'"],
    ),
    ("trial_condition", &["DELETE FROM trial_condition"]),
];
