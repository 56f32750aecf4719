//! `[@key]` in a text becomes the number of the reference.

use domain::wiki::SectionKind;

use crate::{
    bed::Bed,
    markup,
    release::{mondo, term},
    texts::draft,
};

contract! {
    citations_are_numbered_in_the_order_of_the_list,
    unknown_keys_stay_as_typed,
    citations_inside_of_markup_stay_as_typed,
    keys_are_no_way_into_the_markup,
}

use SectionKind::{Cause, Symptoms};

async fn with_references(bed: &Bed, keys: &[&str]) {
    bed.import(mondo([term("MONDO:1", "alpha")])).await;
    bed.fill("MONDO:1", draft(&[], &[], keys)).await;
}

/// The first citation of a reference in a text.
fn link(place: &str, key: &str, number: usize) -> String {
    format!(
        "<sup><a id=\"cited-{place}-{key}-1\" href=\"#reference-{key}\" \
         rel=\"external\" aria-label=\"Reference {number}\">{number}</a></sup>"
    )
}

async fn citations_are_numbered_in_the_order_of_the_list(bed: Bed) {
    with_references(&bed, &["zz", "who-2024", "a"]).await;
    bed.save("alpha", Cause, "One.[@who-2024][@a] Two.[@zz]")
        .await;
    let expected = format!(
        "<p>One.{}{} Two.{}</p>\n",
        link("cause", "who-2024", 2),
        link("cause", "a", 3),
        link("cause", "zz", 1)
    );
    assert_eq!(bed.section("alpha", Cause).await, expected);
    bed.add_tip("alpha", "Rest", "Often.[@a]").await;
    let page = bed.page("alpha").await;
    assert_eq!(
        page.tips[0].html.as_str(),
        format!("<p>Often.{}</p>\n", link(&page.tips[0].id, "a", 3))
    );
    let places: Vec<&str> = page.references[2].cited.iter().map(|c| &*c.place).collect();
    assert_eq!(places, ["Cause", "Rest"]);
    assert_eq!(page.references[0].cited[0].anchor, "cited-cause-zz-1");
}

async fn unknown_keys_stay_as_typed(bed: Bed) {
    with_references(&bed, &["a"]).await;
    for text in ["[@b]", "[@]", "[@", "[@a", "[@[@", "[@ a]", "[a]", "@a"] {
        bed.save("alpha", Cause, text).await;
        assert_eq!(
            bed.section("alpha", Cause).await,
            format!("<p>{text}</p>\n")
        );
    }
    bed.save("alpha", Symptoms, "[@b [@a] [@").await;
    let expected = format!("<p>[@b {} [@</p>\n", link("symptoms", "a", 1));
    assert_eq!(bed.section("alpha", Symptoms).await, expected);
}

async fn citations_inside_of_markup_stay_as_typed(bed: Bed) {
    with_references(&bed, &["a"]).await;
    for text in [
        "[x](https://example.org \"[@a] title\")",
        "[x](https://example.org/[@a])",
        "[see [@a]](https://example.org)",
        "<https://example.org/[@a]>",
    ] {
        bed.save("alpha", Cause, text).await;
        let html = bed.section("alpha", Cause).await;
        markup::assert_safe(&html, text);
        assert!(!html.contains("reference-a"), "{html}");
    }
    bed.save("alpha", Cause, "`[@a]`").await;
    assert_eq!(
        bed.section("alpha", Cause).await,
        "<p><code>[@a]</code></p>\n"
    );
}

async fn keys_are_no_way_into_the_markup(bed: Bed) {
    let keys = ["x\" onclick=\"alert(1)", "<b>", "'", "a&b"];
    with_references(&bed, &keys).await;
    for key in keys {
        let text = format!("One.[@{key}]");
        bed.save("alpha", Cause, &text).await;
        markup::assert_safe(&bed.section("alpha", Cause).await, &text);
    }
}
