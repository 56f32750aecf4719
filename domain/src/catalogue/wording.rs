//! What the words of a name or a definition say about how it may be shown.

/// Words that people no longer want to read of themselves, at the beginning of a word. Sources keep
/// names with them, and people search for them.
const OLDER_WORDS: [&str; 22] = [
    "mental retard",
    "mentally retard",
    "mental deficien",
    "mentally deficien",
    "mental deficit",
    "mental handicap",
    "mentally handicap",
    "mental subnormal",
    "retarded",
    "feeble-minded",
    "idiocy",
    "idiot",
    "imbecil",
    "cretin",
    "mongolism",
    "mongoloid",
    "gargoylism",
    "leprechaunism",
    "happy puppet",
    "hare lip",
    "harelip",
    "bird-headed dwarf",
];

/// The same anywhere in a word: "pseudohermaphroditism".
const OLDER_PARTS: [&str; 1] = ["hermaphrodit"];

/// Whether a name is an older one: it has a word that is no longer used of people, or its source
/// says "formerly". It is found by search, and shown behind the others and as what it is.
///
/// ```
/// use domain::catalogue::is_older_name;
/// assert!(is_older_name("X-linked mental retardation"));
/// assert!(!is_older_name("X-linked intellectual disability"));
/// ```
pub fn is_older_name(name: &str) -> bool {
    let name = name.to_lowercase();
    let begins_word = |word: &&str| {
        name.match_indices(*word).any(|(at, _)| {
            !name[..at]
                .chars()
                .next_back()
                .is_some_and(char::is_alphanumeric)
        })
    };
    OLDER_WORDS.iter().any(begins_word)
        || OLDER_PARTS.iter().any(|part| name.contains(part))
        || name.trim_end_matches(')').ends_with("formerly")
}

/// The name that a source marks as given up ("OBSOLETE: Sakati-Nyhan syndrome"), without the mark.
///
/// ```
/// use domain::catalogue::given_up_name;
/// assert_eq!(given_up_name("OBSOLETE: Ocular coloboma"), Some("Ocular coloboma"));
/// assert_eq!(given_up_name("Ocular coloboma"), None);
/// ```
pub fn given_up_name(name: &str) -> Option<&str> {
    const MARKS: [&str; 3] = ["obsolete", "deprecated", "withdrawn"];
    let (mark, rest) = name.split_once(':')?;
    let mark = mark.trim();
    MARKS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(mark))
        .then(|| rest.trim())
}

/// Whether a definition is a logical one, written for reasoners ("`has_material_basis_in` mutation
/// in the SLC2A1 gene"). It tells nobody what the condition is.
pub fn is_logical_definition(definition: &str) -> bool {
    definition
        .replace('_', " ")
        .to_lowercase()
        .contains("material basis in")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn older_names_are_told_by_their_words() {
        for name in [
            "Mental retardation, X-linked 12",
            "brittle hair-mental deficiency syndrome",
            "late familial amaurotic idiocy",
            "endemic cretinism",
            "male pseudohermaphroditism",
            "happy puppet syndrome",
            "Gorlin's disease (formerly)",
            "Kearns syndrome, formerly",
        ] {
            assert!(is_older_name(name), "{name}");
        }
        for name in [
            "ACTH-secreting pituitary adenoma",
            "intrauterine growth retardation",
            "intellectual disability",
            "diaphragm eventration",
            "",
        ] {
            assert!(!is_older_name(name), "{name}");
        }
    }

    #[test]
    fn marks_of_given_up_names_are_taken_off() {
        assert_eq!(given_up_name("Obsolete:  x "), Some("x"));
        assert_eq!(given_up_name("deprecated: x: y"), Some("x: y"));
        assert_eq!(given_up_name("obsolete x"), None);
        assert_eq!(given_up_name("type 1: mild"), None);
    }

    #[test]
    fn logical_definitions_are_known_by_their_relation() {
        for definition in [
            "A disease that has_material_basis_in mutation in the A gene.",
            "A disease that has material basis in homozygous mutation.",
            "A disease that has_material_basis_inhomozygous mutation.",
        ] {
            assert!(is_logical_definition(definition), "{definition}");
        }
        assert!(!is_logical_definition(
            "A disease of the blood, its basis is unknown."
        ));
    }
}
