//! Whatever people type or sources contain: an answer in plain words, and nothing that runs.

use std::time::{Duration, Instant};

use domain::{
    Error, Result,
    account::Actor,
    catalogue::{Catalogue, Code, CodeSystem},
    wiki::SectionKind,
};
use proptest::prelude::*;
use storage::wiki::markdown;

use crate::{
    bed::Bed,
    markup,
    release::{mondo, release, term},
    strings,
    texts::{about, draft, sections},
};

/// Each test twice: on our own strings, and on those in a file of the real data.
macro_rules! on_strings {
    ($($test:ident and $file:literal),+ $(,)?) => {
        mod own {
            use crate::bed::Bed;

            contract! { $($test),+ }

            $(
                async fn $test(bed: Bed) {
                    super::$test(bed, super::own_strings()).await;
                }
            )+
        }

        mod real_data {
            use crate::{bed::Bed, strings};

            contract! { $($test),+ }

            $(
                async fn $test(bed: Bed) {
                    if let Some(strings) = strings::real($file) {
                        super::$test(bed, strings).await;
                    }
                }
            )+
        }
    };
}

on_strings! {
    addresses_and_cursors and "hostile/blns.json",
    searches and "hostile/blns.json",
    texts_and_tips and "hostile/blns.json",
    names_of_a_source and "hostile/blns.json",
    texts_of_a_source and "hostile/blns.json",
    scripts_do_not_run and "hostile/xss.json",
}

/// Short ones, and two that are longer than any name.
fn own_strings() -> Vec<String> {
    let mut strings = strings::odd();
    strings.push("a".repeat(10_000));
    strings.push("💀".repeat(2_500));
    strings
}

/// Refused is fine, broken is not.
fn answered<T>(result: Result<T>, string: &str) -> Option<T> {
    match result {
        Ok(answer) => Some(answer),
        Err(Error::NotFound | Error::Invalid { .. }) => None,
        Err(error) => panic!("{string:?}: {error:?}"),
    }
}

async fn addresses_and_cursors(bed: Bed, strings: Vec<String>) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let catalogue = bed.storage.catalogue();
    for string in strings {
        answered(bed.resolve(&string).await, &string);
        answered(
            catalogue.list(Actor::Visitor, None, Some(&string)).await,
            &string,
        );
        answered(
            catalogue.family(Actor::Visitor, &string, None).await,
            &string,
        );
        answered(
            catalogue
                .family(Actor::Visitor, "alpha", Some(&string))
                .await,
            &string,
        );
        for code in CodeSystem::ALL
            .iter()
            .filter_map(|system| Code::new(*system, &string))
        {
            answered(catalogue.with_code(Actor::Visitor, &code).await, &string);
        }
    }
}

async fn searches(bed: Bed, strings: Vec<String>) {
    bed.import(mondo([term("MONDO:1", "alpha").summary("It is rare.")]))
        .await;
    let catalogue = bed.storage.catalogue();
    for string in strings {
        let answer = catalogue.search(Actor::Visitor, &string, 0).await.unwrap();
        assert!(answer.query.chars().count() <= domain::text::MAX_QUERY);
        assert!(!answer.query.chars().any(char::is_control), "{string:?}");
        catalogue
            .search(Actor::Visitor, &string, usize::MAX)
            .await
            .unwrap();
        catalogue.suggest(Actor::Visitor, &string).await.unwrap();
    }
}

async fn texts_and_tips(bed: Bed, strings: Vec<String>) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.fill("MONDO:1", draft(&[], &[], &["a"])).await;
    let id = bed.id("alpha").await;
    let mut tips = 0;
    for string in strings {
        let saved = bed.try_save(id, SectionKind::Cause, &string).await;
        if answered(saved, &string).is_some() {
            markup::assert_safe(&bed.section("alpha", SectionKind::Cause).await, &string);
        } else {
            let shown = domain::text::printable(&string);
            let marks = domain::wiki::has_marks(&string);
            assert!(shown.trim().is_empty() || marks, "{string:?} was refused");
        }
        let tip = bed.try_add_tip(Actor::Operator, "alpha", &string, &string);
        let tip = tip.await;
        tips += usize::from(answered(tip, &string).is_some());
    }
    let page = bed.page("alpha").await;
    assert_eq!(page.tips.len(), tips);
    for tip in &page.tips {
        markup::assert_safe(tip.html.as_str(), &tip.name);
    }
}

async fn names_of_a_source(bed: Bed, mut strings: Vec<String>) {
    // Files with U+0000 are binary files to the reader.
    strings.retain(|string| !string.contains('\u{0}'));
    let terms = strings.iter().enumerate().map(|(index, string)| {
        term(&format!("MONDO:{}", index + 1), string)
            .synonym(string)
            .synonym(&format!("{string} {index}"))
            .summary(string)
            .definition(string)
    });
    let report = bed.import(mondo(terms.clone())).await;
    assert_eq!(report.new as usize, strings.len());
    assert_eq!(
        bed.import(mondo(terms)).await.unchanged as usize,
        strings.len()
    );
    // Every one has a page, and what is written there is what came.
    let catalogue = bed.storage.catalogue();
    for (index, string) in strings.iter().enumerate() {
        let slug = &bed.with_code(&format!("MONDO:{}", index + 1)).await[0];
        let condition = bed.condition(slug).await;
        assert_eq!(condition.definition.as_ref(), Some(string));
    }
    catalogue.search(Actor::Visitor, "alpha", 0).await.unwrap();
    let list = catalogue.list(Actor::Visitor, None, None).await.unwrap();
    assert_eq!(list.conditions.len(), 100);
    // The name of a source, too.
    bed.import(release("' <b> $1", [term("ORPHA:1", "alpha")]))
        .await;
    assert_eq!(catalogue.sources(Actor::Visitor).await.unwrap().len(), 2);
}

async fn texts_of_a_source(bed: Bed, strings: Vec<String>) {
    let curie = |index: usize| format!("MONDO:{}", index + 1);
    let terms = (0..strings.len()).map(|index| term(&curie(index), &format!("type {index}")));
    bed.import(mondo(terms)).await;
    let all = || {
        let texts = strings.iter().enumerate();
        sections(texts.map(|(index, string)| {
            let subject = format!("type {index}");
            about(&subject, &curie(index), SectionKind::Cause, string)
        }))
    };
    let report = bed.read_in(all()).await;
    assert_eq!(
        report.new + report.refused.len() as u64,
        strings.len() as u64
    );
    let again = bed.read_in(all()).await;
    assert_eq!((again.new, again.changed), (0, 0));
    for (index, string) in strings.iter().enumerate() {
        let page = bed.page(&format!("type-{index}")).await;
        if let Some(section) = page.section(SectionKind::Cause) {
            markup::assert_safe(section.html.as_str(), string);
        }
    }
}

async fn scripts_do_not_run(bed: Bed, strings: Vec<String>) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    let id = bed.id("alpha").await;
    for string in strings {
        let saved = bed.try_save(id, SectionKind::Cause, &string).await;
        if answered(saved, &string).is_some() {
            markup::assert_safe(&bed.section("alpha", SectionKind::Cause).await, &string);
        }
    }
}

/// Texts that make slow or recursive readers fail.
#[test]
fn deep_texts_are_rendered_in_time() {
    for piece in [
        ">",
        "> ",
        "- ",
        "1. ",
        "[",
        "![",
        "](",
        "*",
        "_",
        "**a ",
        "*_",
        "`",
        "~",
        "<",
        "<a ",
        "<!--",
        "&",
        "\\",
        "|",
        "#",
        "a\n",
        "a|b\n-|-\n",
        "[a](",
        "[@",
        "[@a]",
        "[a]: b\n",
        "\t",
        "www.a.b ",
        "http://a@b ",
        "<b><i>",
        "\u{0}",
        "*a_ ",
        "[[a](b)",
    ] {
        let text = piece.repeat(20_000 / piece.len());
        let began = Instant::now();
        let html = markdown::render(&text, &["a".to_owned()], "cause");
        let took = began.elapsed();
        assert!(took < Duration::from_secs(10), "{piece:?} took {took:?}");
        markup::assert_safe(&html, piece);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn no_text_becomes_unsafe(pieces in prop::collection::vec(
        prop::sample::select(vec![
            "[@a]", "[@", "]", "[", "(", ")", "\"", "'", "<", ">", "<table>", "</table>", "`", "```\n",
            "\n", "\n\n", "|", "a|b\n-|-\n", "[x](", "http://a", "javascript:alert(1)", "&quot;", "&lt;",
            "&#x22;", "<a href=\"", "<script>", "onclick=", "# ", "> ", "- ", "*", "**", "~~", "\\",
            " \"[@a]\"", "![", "<!--", "-->", "[@x\" y=\"z]", " ", "a", "é", "\u{0}", "<div title=\"",
        ]),
        0..24,
    )) {
        let text = pieces.concat();
        let keys = ["a".to_owned(), "x\" y=\"z".to_owned()];
        markup::assert_safe(&markdown::render(&text, &keys, "cause"), &text);
        markup::assert_safe(markdown::render_page(&text).as_str(), &text);
    }
}
