//! What belongs in a section, next to the form with which it is written.

use domain::wiki::SectionKind;
use leptos::prelude::*;

/// What belongs in a section, with an example. Its children come below.
#[component]
pub(super) fn Guide(
    /// Which section.
    kind: SectionKind,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let (what, example) = guide(kind);
    view! {
        <details class="guide">
            <summary>"What belongs here"</summary>
            <p>{what}</p>
            <p>"For example: " <q>{example}</q></p>
            {children.map(|children| children())}
        </details>
    }
}

/// What belongs there, and one sentence as an example.
fn guide(kind: SectionKind) -> (&'static str, &'static str) {
    match kind {
        SectionKind::Description => (
            "What the condition is, which part of the body it affects, how many people have it, and at what age it begins.",
            "Multiple myeloma is a cancer of plasma cells, which are white blood cells in the bone marrow.",
        ),
        SectionKind::Acknowledgement => (
            "Thanks to people and groups who helped, and a place to remember. Name people only if they, or their family, have agreed.",
            "With thanks to the families who shared what they learned.",
        ),
        SectionKind::Cause => (
            "Why it happens, as far as is known: a gene, an infection, chance. Say also what is not known, and what people need not blame themselves for.",
            "It is not known why the cells begin to change. Nothing that you did caused it.",
        ),
        SectionKind::Symptoms => (
            "What people notice, the most common first. Say what is rare, and when to get help at once.",
            "Many people feel very tired, and have pain in the back or ribs.",
        ),
        SectionKind::Diagnosis => (
            "How it is recognised and by whom, what it is often mistaken for, and how long the diagnosis can take.",
            "It is often found by chance, in a blood test for something else.",
        ),
        SectionKind::DiagnosticTests => (
            "Which tests are done, what each one is like for you, and what it shows.",
            "For a bone marrow test, a doctor takes a small sample from the hip bone with a needle.",
        ),
        SectionKind::Treatment => (
            "Which treatments there are, what they aim for, and their side effects. No advice for or against one, and no doses.",
            "Some people need no treatment at first, and have check-ups every few months.",
        ),
        SectionKind::Prognosis => (
            "What to expect, in years and in daily life, with a source. Say whom the numbers are about, and that they do not decide what happens to one person.",
            "The numbers come from people who began treatment years ago. Newer treatments are not in them yet.",
        ),
        SectionKind::Synonyms => (
            "Every name under which people may search for the condition: everyday names, older names, names in other languages, and its codes in other systems.",
            "Kahler disease",
        ),
        SectionKind::Tips => (
            "What has helped you, or someone close to you, in daily life. Say what helped and how. No medicines and no doses.",
            "Take someone with you to the doctor: two people remember more than one.",
        ),
        SectionKind::References => (
            "The studies, guidelines and books that the texts are based on. Write [@key] after a sentence to cite one of them.",
            "Multiple myeloma. The New England Journal of Medicine, 2011.",
        ),
    }
}
