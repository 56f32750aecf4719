//! Who reads the participants of the registry: one at a time, or through the gate.

use super::File;

/// What is sealed of a participant, in SQL and as an entity.
const SEALED: &[&str] = &[
    "registry_identity",
    "registry_screening",
    "identity::Entity",
    "screening::Entity",
];
/// Where it is read and written, of one participant at a time.
const RECORD: &str = "storage/src/registry/record.rs";

/// How one gets the names of participants.
const NAMES: &[&str] = &["FROM registry_participant", "participant::Entity::find()"];
/// Who does: of all of them the gate, which asks for what they may be used; and of one its own data.
const GATES: &[&str] = &[
    "storage/src/registry/gate.rs",
    "storage/src/registry/own_data.rs",
];
/// What makes, names and describes the tables.
const TABLES: &[&str] = &[
    "storage/src/migration/",
    "storage/src/changes/",
    "storage/src/registry/entity/",
];

pub(super) fn breaches(file: &File) -> Vec<String> {
    let path = file.path.as_str();
    let read = ["storage/src/", "server/src/"];
    if !read.iter().any(|folder| path.starts_with(folder))
        || TABLES.iter().any(|folder| path.starts_with(folder))
    {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, line) in file.text.lines().enumerate() {
        let mut breach = |why: &str| found.push(format!("{path}:{}: {why}", index + 1));
        if path != RECORD && SEALED.iter().any(|word| line.contains(word)) {
            breach(
                "what is sealed of a participant is read in storage/src/registry/record.rs alone",
            );
        }
        let one = line.contains("WHERE pseudonym = $1");
        if !one && !GATES.contains(&path) && NAMES.iter().any(|word| line.contains(word)) {
            breach("participants are listed by storage/src/registry/gate.rs alone: name a purpose");
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{File, RECORD};

    fn breaches(path: &str, text: &str) -> usize {
        super::breaches(&File {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn participants_are_read_through_the_gate() {
        let all = "\nidentity::Entity::find().all(reader)";
        assert_eq!(breaches("storage/src/registry/counts.rs", all), 1);
        assert_eq!(breaches(RECORD, all), 0);
        let names = "SELECT pseudonym FROM registry_participant";
        assert_eq!(breaches("storage/src/registry/desk.rs", names), 1);
        assert_eq!(breaches(RECORD, names), 1);
        let one = "SELECT 1 FROM registry_participant WHERE pseudonym = $1";
        assert_eq!(breaches("storage/src/registry/desk.rs", one), 0);
        assert_eq!(breaches("storage/src/registry/gate.rs", names), 0);
        assert_eq!(
            breaches("storage/src/migration/m9.rs", "registry_identity"),
            0
        );
        assert_eq!(breaches("storage/tests/contract/registry.rs", names), 0);
    }
}
