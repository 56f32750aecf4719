//! Questions and answers of the enrolment in words.

use domain::registry::{
    Step,
    consent::DocumentFor,
    permissions::{Permission, PermissionAnswer},
    screening::{Answer, ConditionAnswer, Contact, ForWhom, OtherRegistry, Question},
};
use serde::Serialize;

use super::api::EnrolmentLine;

/// What is asked, and what helps to answer it. Whoever enrols somebody else is asked about them.
pub(super) fn question(
    question: Question,
    for_whom: Option<ForWhom>,
) -> (&'static str, &'static str) {
    let of = |own: &'static str, other: &'static str, gone: &'static str| match for_whom {
        None | Some(ForWhom::Myself) => own,
        Some(ForWhom::Child | ForWhom::Adult) => other,
        Some(ForWhom::Deceased) => gone,
    };
    match question {
        Question::ForWhom => (
            "Who do you want to enrol?",
            "You can enrol other people afterwards, one at a time.",
        ),
        Question::Relationship => (
            "What is your relationship to them?",
            of(
                "",
                "You need the right to decide for them.",
                "Please ask your relatives first, if you can.",
            ),
        ),
        Question::Status => (
            of(
                "Which of these is true for you?",
                "Which of these is true for them?",
                "Which of these was true for them?",
            ),
            "",
        ),
        Question::Condition => (
            "Which condition is it?",
            "If we do not have it in our list, we keep the name as you write it.",
        ),
        Question::BirthDate => (
            of(
                "When were you born?",
                "When were they born?",
                "When were they born?",
            ),
            "We need it to choose the right consent. Researchers never see the full date.",
        ),
        Question::Country => (
            of(
                "Which country do you live in?",
                "Which country do they live in?",
                "Which country did they live in?",
            ),
            "",
        ),
        Question::Contact => (
            "How can we reach you?",
            "Only about the registry. We do not give it to anyone.",
        ),
        Question::Language => ("Which language should we write in?", ""),
        Question::OtherRegistry => (
            of(
                "Are you in another patient registry?",
                "Are they in another patient registry?",
                "Were they in another patient registry?",
            ),
            "",
        ),
        Question::HeardFrom => ("How did you hear about the registry?", ""),
    }
}

/// An answer of step 1.
pub(super) fn answer(answer: &Answer) -> String {
    match answer {
        Answer::ForWhom(for_whom) => for_whom.label().to_owned(),
        Answer::Relationship(relationship) => relationship.label().to_owned(),
        Answer::Status(status) => status.label().to_owned(),
        Answer::Condition(ConditionAnswer::Listed(link)) => link.name.clone(),
        Answer::Condition(ConditionAnswer::Described(words)) => {
            format!("{words} (as you wrote it; it is not in our list)")
        }
        Answer::Condition(ConditionAnswer::None) => "No name yet".to_owned(),
        Answer::BirthDate(date) => date.spelled(),
        Answer::Country(country) => country.name().to_owned(),
        Answer::Contact(Contact::Email) => "By email".to_owned(),
        Answer::Contact(Contact::Phone(number)) => format!("By phone: {number}"),
        Answer::Language(language) => language.label().to_owned(),
        Answer::OtherRegistry(OtherRegistry::No) => "No".to_owned(),
        Answer::OtherRegistry(OtherRegistry::Unsure) => "I am not sure".to_owned(),
        Answer::OtherRegistry(OtherRegistry::Yes(name)) => format!("Yes: {name}"),
        Answer::HeardFrom(None) => "No answer".to_owned(),
        Answer::HeardFrom(Some(from)) => from.label().to_owned(),
    }
}

/// An answer of step 3.
pub(super) fn permission(answer: &PermissionAnswer) -> String {
    use PermissionAnswer as To;
    match answer {
        To::Research(scope) => scope.label().to_owned(),
        To::Region(region) => region.label().to_owned(),
        To::Duration(duration, _) => duration.label().to_owned(),
        To::ContactWays(ways) => ways.label().to_owned(),
        To::Frequency(frequency) => frequency.label().to_owned(),
        To::Organisations(names) if names.is_empty() => "None".to_owned(),
        To::Organisations(names) => names.join(", "),
        To::Commercial(yes)
        | To::WithoutEthicsApproval(yes)
        | To::Ancestry(yes)
        | To::Genetics(yes)
        | To::StudyContact(yes)
        | To::Samples(yes)
        | To::Results(yes)
        | To::Matching(yes)
        | To::OtherRegistries(yes) => if *yes { "Yes" } else { "No" }.to_owned(),
    }
}

/// What a question of step 3 is about, in a few words.
pub(super) fn about(permission: Permission) -> &'static str {
    match permission {
        Permission::Research => "Research",
        Permission::Commercial => "By companies",
        Permission::WithoutEthicsApproval => "Without ethics approval",
        Permission::Region => "Where",
        Permission::Ancestry => "Ancestry",
        Permission::Genetics => "Genetic results",
        Permission::Duration => "How long",
        Permission::StudyContact => "Questions about studies",
        Permission::Samples => "Samples",
        Permission::Results => "Results",
        Permission::Matching => "Other families",
        Permission::OtherRegistries => "Other registries",
        Permission::Organisations => "Patient organisations",
        Permission::ContactWays => "How we reach you",
        Permission::Frequency => "How often",
    }
}

/// The stable name of an answer, as forms and databases have it.
pub(super) fn name_of<T: Serialize>(value: &T) -> String {
    let json = serde_json::to_string(value).unwrap_or_default();
    json.trim_matches('"').to_owned()
}

/// An answer from which one chooses: value and words.
pub(super) fn option<T: Serialize>(value: T, label: &str) -> (String, String) {
    (name_of(&value), label.to_owned())
}

/// Whom an enrolment is about, for lists.
pub(super) fn whom(for_whom: Option<ForWhom>) -> &'static str {
    match for_whom {
        None => "Not chosen yet",
        Some(ForWhom::Myself) => "Yourself",
        Some(ForWhom::Child) => "A child",
        Some(ForWhom::Adult) => "An adult you represent",
        Some(ForWhom::Deceased) => "Someone who has died",
    }
}

/// How far an enrolment is, in a few words.
pub(super) fn state(step: Step) -> &'static str {
    match step {
        Step::Screening(_) => "Step 1 of 3: questions",
        Step::NotEligible(_) => "Cannot take part",
        Step::Consent(_, None) | Step::Assent(_, None) => "Step 2 of 3: consent",
        Step::Consent(_, Some(_)) | Step::Assent(_, Some(_)) => "The consent has changed",
        Step::Permissions(_) => "Step 3 of 3: permissions",
        Step::Enrolled => "Enrolled",
        Step::Majority => "Now an adult",
        Step::Withdrawn(_) => "Has left",
    }
}

/// Whom it is about. A guardian is told nothing of an adult, and of who has left nothing is known.
pub(super) fn title(line: &EnrolmentLine) -> &'static str {
    match (line.for_whom, line.step) {
        (None, Step::Majority | Step::Withdrawn(_)) => "A former enrolment",
        (None, Step::Consent(..)) => "An adult you represent",
        (for_whom, _) => whom(for_whom),
    }
}

/// What was signed.
pub(super) fn document(whom: DocumentFor) -> &'static str {
    match whom {
        DocumentFor::Consent(_) => "Consent",
        DocumentFor::Assent(_) => "Assent of the child",
    }
}

#[cfg(test)]
mod tests {
    use domain::wiki::readability;

    use super::*;

    #[test]
    fn questions_are_easy_to_read() {
        let mut text = String::new();
        for asked in Question::ALL {
            for for_whom in ForWhom::ALL {
                let (question, hint) = question(asked, Some(for_whom));
                text.extend([question, " ", hint, " "]);
            }
        }
        for permission in Permission::ALL {
            text.push_str(permission.question());
            text.push(' ');
        }
        let grade = readability(&text).grade.unwrap();
        assert!(grade <= 8, "{grade}");
    }
}
