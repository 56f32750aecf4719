//! What needs real data, see `test_data`: among it what other files test on strings of our own.

mod fhir;
mod searches;
mod seed;

use crate::{bad_input, lists, strings, writing};

const NAUGHTY: &str = "hostile/blns.json";

#[tokio::test]
async fn no_string_as_a_query_is_a_fault() {
    if let Some(strings) = strings::real(NAUGHTY) {
        bad_input::as_queries(&strings).await;
    }
}

#[tokio::test]
async fn no_string_as_an_address_is_a_fault() {
    if let Some(strings) = strings::real(NAUGHTY) {
        bad_input::as_addresses(&strings).await;
    }
}

#[tokio::test]
async fn no_text_runs_on_any_page_that_shows_it() {
    if let Some(strings) = hostile() {
        writing::no_text_runs(&strings).await;
    }
}

#[tokio::test]
async fn no_entry_runs_on_any_page_that_shows_it() {
    if let Some(strings) = hostile() {
        lists::no_entry_runs(&strings).await;
    }
}

fn hostile() -> Option<Vec<String>> {
    let mut strings = strings::real("hostile/xss.json")?;
    strings.extend(strings::real(NAUGHTY)?);
    Some(writing::hostile(strings))
}
