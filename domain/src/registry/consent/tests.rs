use super::*;
use crate::{time::CalendarDate, wiki::readability};

fn part(element: Element) -> Part {
    Part {
        element,
        heading: format!("About {}", element.as_str()),
        text: "It is so.".to_owned(),
    }
}

fn document(whom: DocumentFor) -> Document {
    Document {
        whom,
        version: 1,
        language: "en".to_owned(),
        template: true,
        proof_years: None,
        parts: Element::required(whom).iter().copied().map(part).collect(),
        questions: vec![TeachBack {
            question: "Is it so?".to_owned(),
            answers: vec!["No".to_owned(), "Yes".to_owned()],
            right: 1,
            explanation: "It is so.".to_owned(),
        }],
    }
}

#[test]
fn a_document_says_what_the_law_asks_for() {
    for whom in DocumentFor::ALL {
        let whole = document(whom);
        assert_eq!(whole.faults(), Vec::<String>::new());
        for missing in 0..whole.parts.len() {
            let mut cut = whole.clone();
            let element = cut.parts.remove(missing).element;
            let named = format!("“{}”", element.as_str());
            assert!(
                cut.faults().iter().any(|fault| fault.contains(&named)),
                "{whom:?} {named}"
            );
        }
    }
}

#[test]
fn what_cannot_be_signed_says_why() {
    let fault = |change: fn(&mut Document)| {
        let mut document = document(DocumentFor::Consent(ConsentForm::Adult));
        change(&mut document);
        document.faults().join(" ")
    };
    assert!(fault(|document| document.parts.swap(0, 1)).contains("first part"));
    assert!(
        fault(|document| document.parts[1].text = " \n".to_owned()).contains("Part 2 is empty")
    );
    assert!(
        fault(|document| document.parts.push(part(Element::Risks)))
            .contains("two parts about “risks”")
    );
    assert!(fault(|document| document.questions[0].right = 2).contains("Question 1"));
    assert!(fault(|document| document.version = 0).contains("from 1 on"));
    for years in [0, 101] {
        let mut document = document(DocumentFor::Consent(ConsentForm::Adult));
        document.proof_years = Some(years);
        assert!(document.faults().join(" ").contains("between 1 and 100"));
    }
    // What is kept for ten years says so where people read it.
    let unsaid = |document: &mut Document| document.proof_years = Some(10);
    assert!(fault(unsaid).contains("no part says"));
    let said = |document: &mut Document| {
        document.proof_years = Some(10);
        document.parts[1].text = "We keep proof for 10 years.".to_owned();
    };
    assert_eq!(fault(said), "");
    let other = |document: &mut Document| {
        document.proof_years = Some(10);
        document.parts[1].text = "We keep proof for 100 years.".to_owned();
    };
    assert!(fault(other).contains("no part says"));
}

#[test]
fn proof_is_kept_for_the_longest_time_that_was_signed() {
    let day = |iso| CalendarDate::parse(iso).unwrap();
    let kept = |whom, years| Document {
        proof_years: years,
        ..document(whom)
    };
    let adult = DocumentFor::Consent(ConsentForm::Adult);
    let parent = DocumentFor::Consent(ConsentForm::ParentOrGuardian);
    let child = DocumentFor::Assent(Assent::Child);
    let ends = |documents: &[Document]| proof_ends(day("2026-01-03"), documents);
    let signed = [
        kept(parent, Some(10)),
        kept(child, None),
        kept(adult, Some(15)),
    ];
    assert_eq!(ends(&signed), Some(day("2041-01-04")));
    assert_eq!(ends(&signed[..2]), Some(day("2036-01-04")));
    let longer = [kept(parent, Some(10)), kept(child, Some(30))];
    assert_eq!(ends(&longer), Some(day("2056-01-04")));
    assert_eq!(ends(&[kept(adult, None), kept(parent, Some(10))]), None);
    assert_eq!(ends(&[kept(child, Some(10))]), None);
    assert_eq!(ends(&[]), None);
}

#[test]
fn what_is_signed_is_the_whole_text() {
    let one = document(DocumentFor::Assent(Assent::Child));
    let text = one.signed_text();
    for part in &one.parts {
        assert!(text.contains(&part.heading) && text.contains(&part.text));
    }
    for change in [
        (|document| document.version = 2) as fn(&mut Document),
        |document| document.language = "de".to_owned(),
        |document| document.whom = DocumentFor::Assent(Assent::Adolescent),
        |document| document.parts[1].heading.push('!'),
        |document| document.parts[1].text.push('!'),
    ] {
        let mut other = one.clone();
        change(&mut other);
        assert_ne!(other.signed_text(), text);
    }
}

#[test]
fn a_wrong_answer_is_explained_and_none_is_wrong_too() {
    let document = document(DocumentFor::Consent(ConsentForm::Adult));
    assert_eq!(document.not_understood(&[Some(1)]), Vec::<usize>::new());
    for answers in [&[Some(0)][..], &[None], &[Some(7)], &[]] {
        assert_eq!(document.not_understood(answers), [0]);
    }
}

#[test]
fn a_signature_is_a_name_in_any_script() {
    for name in ["Ada Lovelace", "Sukarno", "李小龍", "محمد"] {
        assert_eq!(
            check_name("name", &format!("  {name} ")),
            Ok(name.to_owned())
        );
    }
    for typed in ["", "  ", "...", "123"] {
        assert!(check_name("name", typed).is_err(), "{typed}");
    }
}

#[test]
fn what_a_signature_says_is_easy_to_read() {
    let all = DocumentFor::ALL
        .map(|whom| Meaning::of(whom).words())
        .join(" ");
    let grade = readability(&all).grade.unwrap();
    assert!(grade <= 8, "{grade}");
}

#[test]
fn documents_are_found_by_their_names() {
    for whom in DocumentFor::ALL {
        assert_eq!(DocumentFor::from_name(whom.as_str()), Some(whom));
    }
    for element in Element::ALL {
        let stored = serde_json::to_string(&element).unwrap();
        assert_eq!(stored, format!("\"{}\"", element.as_str()));
    }
}
