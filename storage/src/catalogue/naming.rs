//! Which condition a person means who types a name into a form.

use domain::{
    Error, Result,
    catalogue::{ConditionLink, Matched, SearchAnswer, SearchHit, search_form, whole_form},
};

/// How many names are offered where none is meant beyond doubt.
const OFFERED: usize = 5;

/// The condition whose name, other name or code was typed. `field` is the form's.
pub(super) fn meant(field: &str, typed: &str, mut answer: SearchAnswer) -> Result<ConditionLink> {
    // Nobody has a family.
    answer.hits.retain(|hit| !hit.is_family);
    let form = |name: &str| whole_form(&search_form(name));
    let typed = form(typed);
    let named = |hit: &&SearchHit| form(&hit.name) == typed;
    let also = |hit: &&SearchHit| match &hit.matched {
        Matched::Synonym(name) | Matched::Code(name) => form(name) == typed,
        Matched::Name | Matched::Summary => false,
    };
    let mut others = answer.hits.iter().filter(also);
    let found = answer
        .hits
        .iter()
        .find(named)
        // Some other names belong to several conditions.
        .or_else(|| others.next().filter(|_| others.next().is_none()));
    if let Some(hit) = found {
        return Ok(ConditionLink {
            slug: hit.slug.clone(),
            name: hit.name.clone(),
        });
    }
    let nearest: Vec<&str> = answer
        .hits
        .iter()
        .take(OFFERED)
        .map(|hit| hit.name.as_str())
        .collect();
    Err(Error::invalid(
        field,
        if nearest.is_empty() {
            "We know no condition by this name. Check how it is written, or look for it under “Conditions”.".to_owned()
        } else {
            format!(
                "We are not sure which condition this is. Enter its whole name, for example: {}.",
                nearest.join("; ")
            )
        },
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(name: &str, matched: Matched) -> SearchHit {
        SearchHit {
            slug: domain::text::slug(name),
            is_family: false,
            name: name.to_owned(),
            summary: None,
            matched,
        }
    }

    fn meant_by(typed: &str, hits: Vec<SearchHit>) -> std::result::Result<String, String> {
        let answer = SearchAnswer {
            query: typed.to_owned(),
            total: hits.len(),
            hits,
            from: 0,
            corrected: false,
            partial: false,
            coded: None,
        };
        match meant("condition", typed, answer) {
            Ok(link) => Ok(link.slug),
            Err(Error::Invalid { fields }) => Err(fields[0].message.clone()),
            Err(other) => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_name_means_its_condition() {
        let myeloma = || {
            hit(
                "Multiple myeloma",
                Matched::Synonym("Kahler disease".to_owned()),
            )
        };
        let other = || hit("Kahler syndrome", Matched::Name);
        assert_eq!(
            meant_by("multiple  MYELOMA", vec![other(), myeloma()]),
            Ok("multiple-myeloma".to_owned())
        );
        assert_eq!(
            meant_by("Kahler disease", vec![other(), myeloma()]),
            Ok("multiple-myeloma".to_owned())
        );
        let coded = hit("Multiple myeloma", Matched::Code("ORPHA:29073".to_owned()));
        assert!(meant_by("orpha:29073", vec![coded]).is_ok());
    }

    #[test]
    fn what_could_be_several_is_asked_again_with_their_names() {
        let shared = |name: &str| hit(name, Matched::Synonym("FOP".to_owned()));
        let said = meant_by("FOP", vec![shared("One disease"), shared("Other disease")]);
        assert!(said.is_err_and(|said| said.contains("One disease; Other disease")));
        let said = meant_by("myel", vec![hit("Multiple myeloma", Matched::Name)]);
        assert!(said.is_err_and(|said| said.contains("Multiple myeloma")));
        assert!(meant_by("qqq", vec![]).is_err_and(|said| said.contains("no condition")));
    }
}
