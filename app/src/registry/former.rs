//! What a page showed as the answer when another one was chosen on it: an answer that waits for the server does
//! not take the place of one that was given elsewhere in the meantime.

use domain::registry::screening::Answer;

#[cfg(feature = "ssr")]
use super::{api::with_condition, forms::AnswerFields};
#[cfg(feature = "ssr")]
use crate::ui::form::{Call, Done};
#[cfg(feature = "ssr")]
use domain::{Result, registry::Former};

/// The answer that a page shows, for its form to carry.
pub(super) fn former_text(answer: Option<&Answer>) -> String {
    serde_json::to_string(&answer).unwrap_or_default()
}

/// The same as it comes back. A form without it was made before there was such a field, and does not say. One that
/// cannot be read any more gives way to nothing that is stored.
#[cfg(feature = "ssr")]
fn former(text: Option<&str>) -> Former {
    match text.filter(|text| !text.is_empty()) {
        None => Former::unknown(),
        Some(text) => Former::known(serde_json::from_str(text).unwrap_or_default()),
    }
}

/// How often a permission had got another answer, as the form carries it: which is how what was seen is told from
/// the same answer given anew. What cannot be read was never seen.
#[cfg(feature = "ssr")]
pub(super) fn seen(text: Option<&str>) -> Option<u32> {
    let text = text.filter(|text| !text.is_empty())?;
    Some(text.parse().unwrap_or(u32::MAX))
}

/// What the page of a question showed. A condition that was typed a moment ago is shown as it was typed, until the
/// page is read from the server.
#[cfg(feature = "ssr")]
pub(super) async fn former_answer(fields: &AnswerFields, call: &Call) -> Result<Former> {
    let former = former(fields.former.as_deref());
    let Some(shown @ Answer::Condition(_)) = former.shown() else {
        return Ok(former);
    };
    let found = with_condition(shown.clone(), call).await?;
    Ok(former.or(found))
}

/// The page again, with what was chosen on it: another answer was saved since it was made. Sent once more, it takes
/// the place of that one, which the page has named.
#[cfg(feature = "ssr")]
pub(super) fn changed_elsewhere(words: Option<String>, former: String) -> Result<Done> {
    let words = words.unwrap_or_else(|| "not answered".to_owned());
    let refusal = format!(
        "This answer was changed on another page or device. It is now: {words}. What you chose here is not saved. If you still want it, save it again."
    );
    let replaced = vec![("former", former)];
    Ok(Done::show(&())?.in_place(replaced, &refusal))
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use domain::registry::screening::Status;

    use super::*;

    #[test]
    fn what_a_form_carries_comes_back() {
        let (one, other) = (
            Answer::Status(Status::Affected),
            Answer::Status(Status::Carrier),
        );
        let carried = |answer| former(Some(&former_text(answer)));
        assert_eq!(carried(Some(&one)), Former::known(Some(one.clone())));
        assert_eq!(carried(None), Former::known(None));
        for silent in [None, Some("")] {
            assert!(former(silent).is(Some(&other)), "{silent:?}");
            assert_eq!(seen(silent), None);
        }
        assert!(!former(Some("{")).is(Some(&other)));
        assert_eq!(seen(Some("2")), Some(2));
        assert_eq!(seen(Some("{")), Some(u32::MAX));
    }
}
