//! What belongs into a section, said beside the field in which it is written.

use domain::wiki::SectionKind;

/// What belongs here, and one sentence as an example.
pub(super) fn guide(kind: SectionKind) -> (&'static str, &'static str) {
    match kind {
        SectionKind::Description => (
            "What the condition is, which part of the body it touches, how many people have it, and at what age it shows.",
            "Multiple myeloma is a cancer of plasma cells, which are white blood cells in the bone marrow.",
        ),
        SectionKind::Acknowledgement => (
            "Thanks to people and groups who helped, and a place to remember. Name a person only if they, or their family, have agreed.",
            "With thanks to the families who shared what they learned.",
        ),
        SectionKind::Cause => (
            "Why it happens, as far as is known: a gene, an infection, chance. Say too what is not known, and what people need not blame themselves for.",
            "It is not known why the cells begin to change. Nothing that you did has caused it.",
        ),
        SectionKind::Symptoms => (
            "What a person notices, the most frequent first. Say what is rare, and when to get help at once.",
            "Many people feel very tired, and have pain in the back or ribs.",
        ),
        SectionKind::Diagnosis => (
            "How it is recognised, by whom, what it is often taken for, and how long that may take.",
            "It is often found by chance, in a blood test for something else.",
        ),
        SectionKind::DiagnosticTests => (
            "Which tests are made, what each is like for the person, and what it shows.",
            "For a bone marrow test, a doctor takes a small sample from the hip bone with a needle.",
        ),
        SectionKind::Treatment => (
            "What can be done, what it aims at, and what it costs in side effects. No advice for or against, and no dose.",
            "Some people need no treatment at first, and are checked every few months.",
        ),
        SectionKind::Prognosis => (
            "What to expect, in years and in daily life, with its source. Say for whom numbers hold, and that they are no fate.",
            "Numbers come from people who began treatment years ago. Newer treatment is not in them yet.",
        ),
        SectionKind::Synonyms => (
            "Every name under which people may look for the condition: in everyday words, of former days, in other languages, and its codes in other systems.",
            "Kahler disease",
        ),
        SectionKind::Tips => (
            "What has helped you or somebody near you in daily life. What helped, and how; no medicine and no dose.",
            "Bring somebody to the doctor's: two remember more than one.",
        ),
        SectionKind::References => (
            "Studies, guidelines and books on which the texts rest. Write [@key] behind a sentence to cite an entry.",
            "Multiple myeloma. The New England Journal of Medicine, 2011.",
        ),
    }
}
