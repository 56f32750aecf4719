use domain::catalogue::SourceRelease;

use super::obo::Header;

/// What the person who imports says of the source. Needed for an ontology that we do not know;
/// for one that we know it wins over what we know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceOverride {
    /// "Mondo Disease Ontology".
    pub name: Option<String>,
    /// "CC BY 4.0".
    pub licence: Option<String>,
    /// The sentence that the licence asks to show.
    pub attribution: Option<String>,
    /// Home page of the source.
    pub url: Option<String>,
}

/// How the source of an OBO file is named and credited, from its header.
pub(super) fn source_release(header: &Header, given: &SourceOverride) -> SourceRelease {
    let release = release(header);
    let known = known(header, &release);
    let or = |given: &Option<String>, known: String| given.clone().unwrap_or(known);
    SourceRelease {
        name: or(&given.name, known.name),
        licence: or(&given.licence, known.licence),
        attribution: or(&given.attribution, known.attribution),
        url: or(&given.url, known.url),
        release,
    }
}

fn known(header: &Header, release: &str) -> SourceRelease {
    let ontology = header.ontology.to_ascii_lowercase();
    let (name, licence, attribution, url) = match ontology.split('/').next().unwrap_or_default() {
        "mondo" => (
            "Mondo Disease Ontology",
            "CC BY 4.0",
            format!(
                "Disease names, definitions, hierarchy and mappings: Mondo Disease Ontology, \
                 release {release}, Monarch Initiative, CC BY 4.0."
            ),
            "https://mondo.monarchinitiative.org",
        ),
        // Mondo, with the definitions of the Disease Ontology, whose release the remark names.
        "rare-conditions" => (
            "Mondo Disease Ontology",
            "CC BY 4.0",
            format!(
                "Disease names, hierarchy and mappings: Mondo Disease Ontology, release {release}, \
                 Monarch Initiative, CC BY 4.0. Definitions: Human Disease Ontology{}, CC0 1.0.",
                header
                    .remark
                    .split_once("Human Disease Ontology ")
                    .and_then(|(_, rest)| iso_date(rest.get(..10)?))
                    .map(|date| format!(", release {date}"))
                    .unwrap_or_default()
            ),
            "https://mondo.monarchinitiative.org",
        ),
        "doid" => (
            "Human Disease Ontology",
            "CC0 1.0",
            format!(
                "Disease names, definitions, hierarchy and mappings: Human Disease Ontology, \
                 release {release}, CC0 1.0."
            ),
            "https://disease-ontology.org",
        ),
        _ => {
            let name = if header.ontology.is_empty() {
                "unnamed ontology"
            } else {
                &header.ontology
            };
            return SourceRelease {
                name: name.to_owned(),
                release: release.to_owned(),
                licence: "unknown licence: ask the publisher".to_owned(),
                attribution: format!("Names, codes and hierarchy: {name}, release {release}."),
                url: String::new(),
            };
        }
    };
    SourceRelease {
        name: name.to_owned(),
        release: release.to_owned(),
        licence: licence.to_owned(),
        attribution,
        url: url.to_owned(),
    }
}

/// The date in `data-version`, else that whole, else the header's `date`, else "unknown".
fn release(header: &Header) -> String {
    let version = header.data_version.as_str();
    let dated = version
        .char_indices()
        .find_map(|(at, _)| iso_date(version.get(at..at + 10)?));
    if let Some(date) = dated {
        return date.to_owned();
    }
    if !version.is_empty() {
        return version.to_owned();
    }
    // "31:07:2026 21:27" (OBO 1.4: dd:MM:yyyy HH:mm).
    let mut parts = header.date.split([':', ' ']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year)) => iso_date(&format!("{year}-{month}-{day}"))
            .unwrap_or("unknown")
            .to_owned(),
        _ => "unknown".to_owned(),
    }
}

/// The text if it is a date such as 2026-08-04.
fn iso_date(text: &str) -> Option<&str> {
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    shaped.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(ontology: &str, data_version: &str) -> Header {
        Header {
            ontology: ontology.to_owned(),
            data_version: data_version.to_owned(),
            ..Header::default()
        }
    }

    fn source(header: &Header) -> SourceRelease {
        source_release(header, &SourceOverride::default())
    }

    #[test]
    fn known_ontologies_are_credited() {
        let mut mondo = header("rare-conditions", "rare-conditions/2026-08-04");
        mondo.remark =
            "Assembled from Mondo 2026-08-04, Human Disease Ontology 2026-07-31 (CC0)".into();
        assert_eq!(
            source(&mondo).attribution,
            "Disease names, hierarchy and mappings: Mondo Disease Ontology, release 2026-08-04, \
             Monarch Initiative, CC BY 4.0. Definitions: Human Disease Ontology, \
             release 2026-07-31, CC0 1.0."
        );
        let mondo = source(&header("mondo", "releases/2026-08-04/mondo.obo"));
        assert_eq!(
            (mondo.name.as_str(), mondo.release.as_str()),
            ("Mondo Disease Ontology", "2026-08-04")
        );
        let slim = source(&header(
            "doid/subsets/DO_rare_slim",
            "doid/releases/2026-07-31/subsets/DO_rare_slim.obo",
        ));
        assert_eq!(slim.name, "Human Disease Ontology");
        assert_eq!(slim.release, "2026-07-31");
        assert_eq!(slim.licence, "CC0 1.0");
    }

    #[test]
    fn others_are_what_the_person_says() {
        let given = SourceOverride {
            licence: Some("CC BY-SA 3.0".to_owned()),
            ..SourceOverride::default()
        };
        let other = source_release(&header("hp", "v7"), &given);
        assert_eq!(other.name, "hp");
        assert_eq!(other.release, "v7");
        assert_eq!(other.licence, "CC BY-SA 3.0");
        assert!(
            source(&header("hp", "v7"))
                .licence
                .contains("ask the publisher")
        );
        assert_eq!(source(&Header::default()).name, "unnamed ontology");
    }

    #[test]
    fn the_release_is_found_where_it_stands() {
        let mut only_date = header("x", "");
        only_date.date = "31:07:2026 21:27".to_owned();
        assert_eq!(release(&only_date), "2026-07-31");
        assert_eq!(release(&header("x", "é2026-07-31")), "2026-07-31");
        assert_eq!(release(&header("x", "")), "unknown");
    }
}
