//! Which tables visitors are shown something of.

/// Tables of which visitors are shown something. Triggers note what changes in them.
pub const SHOWN: [&str; 30] = [
    "account",
    "account_role",
    "code",
    "condition",
    "condition_slug",
    "helped",
    "hidden_name",
    "leadership",
    "lineage",
    "membership",
    "outside_registry",
    "picture",
    "pinned_topic",
    "post",
    "post_version",
    "profile",
    "proposal",
    "reaction",
    "relative",
    "replacement",
    "resource",
    "review",
    "revision",
    "second_factor",
    "section",
    "source",
    "synonym",
    "topic",
    "trial",
    "trial_condition",
];

/// Tables of which no page for visitors shows anything. Each table is in one of the two lists; a test
/// compares them with the database.
pub const HIDDEN: [&str; 67] = [
    "account_activity",
    "alias",
    "alias_lookup",
    "appeal",
    "begun_sign_in",
    "change",
    "change_batch",
    "community_request",
    "community_welcome",
    "condition_follow",
    "content_moderation",
    "draft",
    "event",
    "event_head",
    "feed_visit",
    "first_post",
    "held_document",
    "held_text",
    "hidden_text",
    "key_check",
    "known_device",
    "mail_link",
    "member_list_walk",
    "moderation_action",
    "mute",
    "notification",
    "notification_mail",
    "outbox",
    "post_draft",
    "quota",
    "reader",
    "recovery_code",
    "registry_access",
    "registry_document",
    "registry_event",
    "registry_event_head",
    "registry_hand_over",
    "registry_holder",
    "registry_identity",
    "registry_key",
    "registry_participant",
    "registry_reminder",
    "registry_request",
    "registry_screening",
    "report",
    "report_case",
    "report_note",
    "seaql_migrations",
    // Searching reads what the hits are of, too, and that changes with what is found.
    "search_document",
    "search_index",
    "search_index_config",
    "search_index_data",
    "search_index_docsize",
    "search_index_idx",
    "search_title",
    "search_title_config",
    "search_title_data",
    "search_title_docsize",
    "search_title_idx",
    "session",
    "sqlite_sequence",
    "submission",
    "sqlite_stat1",
    "throttle",
    "topic_follow",
    "trial_subject",
    "unsubscribe_link",
];

/// Tables whose rows belong to one condition each.
const OF_CONDITION: [&str; 12] = [
    "helped",
    "leadership",
    "membership",
    "pinned_topic",
    "post",
    "post_version",
    "proposal",
    "resource",
    "review",
    "revision",
    "section",
    "topic",
];

/// Tables whose rows belong to one topic each.
const OF_TOPIC: [&str; 4] = ["post", "post_version", "reaction", "topic"];

/// What the rows belong to that a statement reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// One condition, by its id.
    Condition(uuid::Uuid),
    /// One topic, by its public id.
    Topic(String),
}

impl Owner {
    /// Whether the table's rows belong to such an owner.
    pub(super) fn has(&self, table: &str) -> bool {
        match self {
            Self::Condition(_) => OF_CONDITION.contains(&table),
            Self::Topic(_) => OF_TOPIC.contains(&table),
        }
    }

    /// The tag that the triggers write for a row of this owner's.
    pub(super) fn tag(&self) -> String {
        match self {
            Self::Condition(id) => format!("condition:{}", id.simple()),
            Self::Topic(id) => format!("topic:{id}"),
        }
    }
}

/// The table with a name, if visitors are shown something of it.
pub(super) fn shown(name: &str) -> Option<&'static str> {
    SHOWN
        .binary_search(&name)
        .ok()
        .map(|position| SHOWN[position])
}

/// Where the last change is remembered of a table, or of what belongs to one owner.
pub(super) fn place(tag: &str) -> u16 {
    if let Ok(position) = SHOWN.binary_search(&tag) {
        return u16::try_from(position).unwrap_or_default();
    }
    // FNV-1a, of 32 bits (Fowler, Noll and Vo).
    let hash = tag.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    let tables = u32::try_from(SHOWN.len()).unwrap_or_default();
    let others = u32::try_from(super::PLACES).unwrap_or_default() - tables;
    u16::try_from(tables + hash % others).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_in_order() {
        assert!(SHOWN.is_sorted());
        assert!(SHOWN.iter().all(|table| !HIDDEN.contains(table)));
        for table in OF_CONDITION.iter().chain(&OF_TOPIC) {
            assert!(shown(table).is_some(), "{table}");
        }
    }

    #[test]
    fn no_condition_shares_a_place_with_a_table() {
        let tables = u16::try_from(SHOWN.len()).unwrap();
        for number in 0..1_000 {
            let tag = Owner::Condition(uuid::Uuid::from_u128(number)).tag();
            let place = place(&tag);
            assert!(place >= tables && usize::from(place) < super::super::PLACES);
        }
        assert!(SHOWN.iter().all(|table| place(table) < tables));
    }
}
