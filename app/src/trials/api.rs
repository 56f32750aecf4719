//! What the pages of clinical trials get from the server.

use domain::trials::TrialList;
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::answer::Answer;
#[cfg(feature = "ssr")]
use crate::{context, trials::paths};
#[cfg(feature = "ssr")]
use domain::{
    Error,
    trials::{AgeGroup, Recruitment, TrialFilter},
};

/// A page of the trials of a condition.
#[server(input = GetUrl, prefix = "/api", endpoint = "trials/list")]
pub async fn read_trials(
    slug: String,
    status: Option<String>,
    country: Option<String>,
    age: Option<String>,
    after: Option<String>,
) -> Result<Answer<TrialList>, ServerFnError> {
    let (services, actor) = (context::services(), context::actor());
    let asked = [&status, &country, &age, &after];
    let gaps = asked.into_iter().flatten().any(String::is_empty);
    let given = |value: Option<String>| value.filter(|value| !value.is_empty());
    let (status, age) = (given(status), given(age));
    let filter = TrialFilter {
        recruitment: status.as_deref().and_then(Recruitment::from_name),
        country: given(country),
        age: age.as_deref().and_then(AgeGroup::from_name),
    };
    // There is no page of what is neither of them.
    if status.is_some() != filter.recruitment.is_some() || age.is_some() != filter.age.is_some() {
        return Ok(Answer::Refused(Error::NotFound));
    }
    let after = given(after);
    if gaps {
        // A form sends what was not chosen as well; each list has one address.
        let path = paths::filtered(&slug, &filter, after.as_deref());
        return Ok(Answer::elsewhere(path));
    }
    let trials = &services.trials;
    let list = trials.trials(actor, &slug, filter.clone(), after.as_deref());
    Ok(Answer::resolved(list.await, |slug| {
        paths::filtered(slug, &filter, None)
    }))
}
