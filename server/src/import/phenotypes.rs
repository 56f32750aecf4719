//! Symptom tables of the Human Phenotype Ontology, as the Genetic and Rare Diseases Information
//! Center shows them, once they have been flattened into a single run of words:
//! "… Approximate number of patients (when available) Alopecia 50% Ataxia 3/5 Brittle hair - The
//! Human Phenotype Ontology (HPO) has collected …".

/// Opens the sentences about the table.
const INTRODUCTION: &str = "The Human Phenotype Ontology provides the following list";
/// The heads of its two columns.
const COLUMNS: &str = "Signs and Symptoms Approximate number of patients (when available)";
/// Opens the explanation of the numbers.
const EXPLANATION: &str = "The Human Phenotype Ontology (HPO) has collected";
/// Ends it.
const EXPLANATION_END: &str = "In these cases, the sign or symptom may be rare or common.";
/// The longest feature of the ontology has some 110 characters; more means that we misread.
const LONGEST_FEATURE: usize = 160;

/// A text around a table.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct AroundTable<'a> {
    /// The prose before it.
    pub(super) before: &'a str,
    /// Feature, and how often it is seen ("50%", "3/5", "3 of 4"); empty if the table could not be
    /// made out with certainty. A garbled table is worse than none.
    pub(super) features: Vec<(String, Option<String>)>,
    /// The prose after it.
    pub(super) after: &'a str,
}

/// Finds the table of a text, if it has one.
pub(super) fn around_table(text: &str) -> Option<AroundTable<'_>> {
    let columns = text.find(COLUMNS)?;
    let before = text[..columns]
        .find(INTRODUCTION)
        .map_or(&text[..columns], |at| &text[..at]);
    let table = &text[columns + COLUMNS.len()..];
    let (table, rest) = match table.find(EXPLANATION) {
        Some(at) => table.split_at(at),
        None => (table, ""),
    };
    let after = rest
        .find(EXPLANATION_END)
        .map_or("", |at| &rest[at + EXPLANATION_END.len()..]);
    Some(AroundTable {
        before: before.trim(),
        features: features(table).unwrap_or_default(),
        after: after.trim(),
    })
}

/// Reads "feature frequency" pairs; `None` unless every word belongs to one.
fn features(table: &str) -> Option<Vec<(String, Option<String>)>> {
    let mut found: Vec<(String, Option<String>)> = Vec::new();
    let mut name: Vec<&str> = Vec::new();
    let words: Vec<&str> = table.split_whitespace().collect();
    let mut at = 0;
    while let Some(&word) = words.get(at) {
        at += 1;
        let frequency = if word == "-" {
            None
        } else if is_share(word) {
            Some(word.to_owned())
        } else if let [Some("of"), Some(total)] =
            [words.get(at).copied(), words.get(at + 1).copied()]
            && is_number(word)
            && is_number(total)
        {
            at += 2;
            Some(format!("{word} of {total}"))
        } else {
            name.push(word);
            continue;
        };
        let feature = name.join(" ");
        name.clear();
        if feature.is_empty() || feature.len() > LONGEST_FEATURE {
            return None;
        }
        if is_sign(&feature) && !found.iter().any(|(known, _)| *known == feature) {
            found.push((feature, frequency));
        }
    }
    name.is_empty().then_some(found)
}

/// Whether a term of the ontology is something that a person can have. The tables mix in terms of
/// its other branches: modes of inheritance, onset and course.
fn is_sign(term: &str) -> bool {
    const OTHERS: [&str; 12] = [
        "Genetic anticipation",
        "Heterogeneous",
        "Incomplete penetrance",
        "Nonprogressive",
        "Phenotypic variability",
        "Progressive",
        "Rapidly progressive",
        "Slow progression",
        "Somatic mosaicism",
        "Somatic mutation",
        "Sporadic",
        "Variable expressivity",
    ];
    !(OTHERS.contains(&term) || term.ends_with(" inheritance") || term.ends_with(" onset"))
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// "90%", "7.5%" or "3/5".
fn is_share(word: &str) -> bool {
    if let Some(number) = word.strip_suffix('%') {
        return number.split('.').all(is_number) && number.split('.').count() <= 2;
    }
    word.split_once('/')
        .is_some_and(|(some, all)| is_number(some) && is_number(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flattened(table: &str) -> String {
        format!(
            "Prose before. {INTRODUCTION} of signs and symptoms for X. {COLUMNS} {table} \
             {EXPLANATION} information on how often. {EXPLANATION_END} Prose after."
        )
    }

    fn pairs(table: &str) -> Vec<String> {
        let text = flattened(table);
        let found = around_table(&text).unwrap();
        assert_eq!(
            (found.before, found.after),
            ("Prose before.", "Prose after.")
        );
        found
            .features
            .into_iter()
            .map(|(name, share)| format!("{name}={}", share.unwrap_or_default()))
            .collect()
    }

    #[test]
    fn features_and_how_often_they_are_seen() {
        assert_eq!(
            pairs(
                "Low-set, posteriorly rotated ears 90% Intellectual disability, mild 7.5% \
                 Aplasia/Hypoplasia of the radius 3/5 Macrocephaly 3 of 4 Brittle hair - Brittle hair -"
            ),
            [
                "Low-set, posteriorly rotated ears=90%",
                "Intellectual disability, mild=7.5%",
                "Aplasia/Hypoplasia of the radius=3/5",
                "Macrocephaly=3 of 4",
                "Brittle hair="
            ]
        );
    }

    #[test]
    fn inheritance_onset_and_course_are_no_symptoms() {
        assert_eq!(
            pairs(
                "Autosomal recessive inheritance - Infantile onset - Progressive - Progressive ataxia -"
            ),
            ["Progressive ataxia="]
        );
    }

    #[test]
    fn what_cannot_be_made_out_is_dropped() {
        assert!(pairs("Ataxia 90% and some words that end nowhere").is_empty());
        assert!(pairs("90% Ataxia").is_empty());
        assert!(pairs(&format!("{} 90%", "long ".repeat(50))).is_empty());
        assert!(pairs("").is_empty());
    }

    #[test]
    fn a_text_without_a_table_has_none() {
        assert_eq!(around_table("Ataxia is seen in 90% of people."), None);
    }
}
