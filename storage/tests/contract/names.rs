//! Names, synonyms and addresses: what a condition is called and where its names lead.

use domain::catalogue::Scope;

use crate::{
    bed::{Bed, names},
    release::{code, mondo, release, term},
};

contract! {
    a_changed_name_keeps_the_slug,
    curated_names_are_kept,
    a_curated_name_may_change,
    the_name_of_the_ontology_leads_to_the_condition,
    a_synonym_of_one_condition_leads_to_it,
    a_synonym_of_two_leads_nowhere,
    a_page_comes_before_a_synonym,
    a_new_page_takes_over_the_address_of_a_synonym,
    synonyms_of_two_sources_are_merged,
    codes_of_two_sources_are_merged,
    a_source_takes_back_only_its_own,
    its_own_name_is_no_synonym,
    exact_synonyms_come_first,
    names_without_letters_have_an_address,
    codes_lead_to_all_that_carry_them,
    names_that_a_source_has_given_up_are_found_and_not_shown,
    older_names_come_last,
    greek_letters_stay_greek,
    a_logical_definition_of_before_goes,
}

async fn synonyms(bed: &Bed, slug: &str) -> Vec<String> {
    let condition = bed.condition(slug).await;
    condition
        .synonyms
        .into_iter()
        .map(|synonym| synonym.name)
        .collect()
}

async fn a_changed_name_keeps_the_slug(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "alpha disease")])).await;
    let id = bed.id("alpha-disease").await;
    bed.import(mondo([term("MONDO:1", "omega disease")])).await;
    let condition = bed.condition("alpha-disease").await;
    assert_eq!(
        (&*condition.name, condition.id),
        ("Omega disease", Some(id))
    );
    assert_eq!(bed.moved("omega-disease").await, "alpha-disease");
    // It moves in the alphabet.
    bed.import(mondo([term("MONDO:2", "beta disease")])).await;
    assert_eq!(names(&bed.all().await), ["Beta disease", "Omega disease"]);
}

async fn curated_names_are_kept(bed: Bed) {
    let myeloma = || term("MONDO:9693", "plasma cell myeloma");
    bed.import(mondo([myeloma()]).named("MONDO:9693", "Multiple myeloma"))
        .await;
    let before = bed.condition("multiple-myeloma").await;
    assert_eq!(before.name, "Multiple myeloma");
    assert_eq!(before.ontology_name.as_deref(), Some("plasma cell myeloma"));
    // Without the list, and from another source.
    bed.import(mondo([myeloma().synonym("MM")])).await;
    bed.import(release(
        "Other",
        [term("MONDO:9693", "myeloma, plasma cell")],
    ))
    .await;
    let after = bed.condition("multiple-myeloma").await;
    assert_eq!(after.name, "Multiple myeloma");
    assert_eq!(after.ontology_name.as_deref(), Some("myeloma, plasma cell"));
}

async fn a_curated_name_may_change(bed: Bed) {
    let dmd = || term("MONDO:1", "muscular dystrophy, Duchenne type");
    bed.import(mondo([dmd()])).await;
    bed.import(mondo([dmd()]).named("MONDO:1", "Duchenne dystrophy"))
        .await;
    let slug = "muscular-dystrophy-duchenne-type";
    assert_eq!(bed.condition(slug).await.name, "Duchenne dystrophy");
    bed.import(mondo([dmd().display("Duchenne muscular dystrophy")]))
        .await;
    assert_eq!(
        bed.condition(slug).await.name,
        "Duchenne muscular dystrophy"
    );
    // The list of the project comes before what the source says.
    bed.import(mondo([dmd().display("DMD")]).named("MONDO:1", "Duchenne"))
        .await;
    assert_eq!(bed.condition(slug).await.name, "Duchenne");
}

async fn the_name_of_the_ontology_leads_to_the_condition(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "plasma cell myeloma").display("Multiple myeloma")
    ]))
    .await;
    assert_eq!(bed.moved("plasma-cell-myeloma").await, "multiple-myeloma");
    // Also when the ontology has another name since.
    bed.import(mondo([
        term("MONDO:1", "myeloma").display("Multiple myeloma")
    ]))
    .await;
    assert_eq!(bed.moved("plasma-cell-myeloma").await, "multiple-myeloma");
    assert_eq!(bed.moved("myeloma").await, "multiple-myeloma");
}

async fn a_synonym_of_one_condition_leads_to_it(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "multiple myeloma").synonym("Kahler's disease")
    ]))
    .await;
    assert_eq!(bed.moved("kahlers-disease").await, "multiple-myeloma");
    // Case and accents aside, it is the same name from two sources.
    bed.import(release(
        "Other",
        [term("MONDO:1", "multiple myeloma").synonym("Kahlers Disease")],
    ))
    .await;
    assert_eq!(bed.moved("kahlers-disease").await, "multiple-myeloma");
    assert!(bed.is_missing("kahlers").await);
}

async fn a_synonym_of_two_leads_nowhere(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "metachromatic leukodystrophy").synonym("MLD"),
        term("MONDO:2", "multifocal lung disorder")
            .synonym("mld")
            .synonym("lungs"),
    ]))
    .await;
    assert!(bed.is_missing("mld").await);
    assert_eq!(bed.moved("lungs").await, "multifocal-lung-disorder");
    assert_eq!(
        synonyms(&bed, "metachromatic-leukodystrophy").await,
        ["MLD"]
    );
    assert_eq!(
        synonyms(&bed, "multifocal-lung-disorder").await,
        ["mld", "lungs"]
    );
}

async fn a_page_comes_before_a_synonym(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "smoldering myeloma").synonym("myeloma"),
        term("MONDO:2", "myeloma"),
    ]))
    .await;
    assert_eq!(bed.condition("myeloma").await.codes, [code("MONDO:2")]);
}

async fn a_new_page_takes_over_the_address_of_a_synonym(bed: Bed) {
    bed.import(mondo([
        term("MONDO:1", "smoldering myeloma").synonym("myeloma")
    ]))
    .await;
    assert_eq!(bed.moved("myeloma").await, "smoldering-myeloma");
    bed.import(mondo([term("MONDO:2", "myeloma")])).await;
    assert_eq!(bed.condition("myeloma").await.codes, [code("MONDO:2")]);
}

async fn synonyms_of_two_sources_are_merged(bed: Bed) {
    bed.import(release(
        "RareShare",
        [term("MONDO:1", "multiple myeloma")
            .synonym("Kahler's disease")
            .synonym("MM")],
    ))
    .await;
    bed.import(mondo([term("MONDO:1", "multiple myeloma")
        .synonym("kahler disease")
        .synonym("KAHLERS  DISEASE")
        .synonym("mm")
        .synonym("plasmacytic myeloma")
        .synonym("Plasmacytic-Myeloma")]))
        .await;
    assert_eq!(
        synonyms(&bed, "multiple-myeloma").await,
        [
            "Kahler's disease",
            "MM",
            "kahler disease",
            "plasmacytic myeloma"
        ]
    );
}

async fn codes_of_two_sources_are_merged(bed: Bed) {
    let myeloma = || term("MONDO:1", "multiple myeloma");
    bed.import(release(
        "RareShare",
        [myeloma().code("OMIM:254500").code("ORPHA:29073")],
    ))
    .await;
    bed.import(mondo([myeloma()
        .code("DOID:9538")
        .code("MIM:254500")
        .code("MONDO:1")
        .code("Orphanet:29073")
        .code("ICD10CM:C90.0")]))
        .await;
    let expected = [
        "MONDO:1",
        "ORPHA:29073",
        "OMIM:254500",
        "ICD-10:C90.0",
        "DOID:9538",
    ];
    assert_eq!(
        bed.condition("multiple-myeloma").await.codes,
        expected.map(code)
    );
}

async fn a_source_takes_back_only_its_own(bed: Bed) {
    let myeloma = || term("MONDO:1", "multiple myeloma");
    bed.import(release(
        "RareShare",
        [myeloma().synonym("Kahler").code("ORPHA:1")],
    ))
    .await;
    bed.import(mondo([myeloma().synonym("Bence Jones").code("OMIM:1")]))
        .await;
    bed.import(mondo([myeloma().synonym("Rustizky").code("OMIM:2")]))
        .await;
    let condition = bed.condition("multiple-myeloma").await;
    assert_eq!(
        synonyms(&bed, "multiple-myeloma").await,
        ["Kahler", "Rustizky"]
    );
    assert_eq!(condition.codes, ["MONDO:1", "ORPHA:1", "OMIM:2"].map(code));
    assert!(bed.is_missing("bence-jones").await);
    assert!(bed.found("Bence Jones").await.is_empty());
    assert!(bed.with_code("OMIM:1").await.is_empty());
}

async fn its_own_name_is_no_synonym(bed: Bed) {
    let myeloma = || term("MONDO:1", "plasma cell myeloma").synonym("Multiple Myeloma");
    bed.import(mondo([myeloma()])).await;
    assert_eq!(
        synonyms(&bed, "plasma-cell-myeloma").await,
        ["Multiple Myeloma"]
    );
    // Another source makes the synonym the name.
    bed.import(release(
        "RareShare",
        [myeloma().display("Multiple myeloma")],
    ))
    .await;
    let condition = bed.condition("plasma-cell-myeloma").await;
    assert_eq!(condition.name, "Multiple myeloma");
    assert_eq!(
        synonyms(&bed, "plasma-cell-myeloma").await,
        ["plasma cell myeloma"]
    );
}

async fn exact_synonyms_come_first(bed: Bed) {
    let alpha = || term("MONDO:1", "alpha");
    bed.import(mondo([alpha()
        .scoped("related 1", Scope::Related)
        .scoped("exact 2", Scope::Exact)
        .scoped("exact 1", Scope::Exact)]))
        .await;
    bed.import(release("Other", [alpha().scoped("exact 3", Scope::Exact)]))
        .await;
    let condition = bed.condition("alpha").await;
    assert_eq!(
        synonyms(&bed, "alpha").await,
        ["exact 2", "exact 1", "exact 3", "related 1"]
    );
    assert_eq!(condition.synonyms[3].scope, Scope::Related);
}

async fn names_without_letters_have_an_address(bed: Bed) {
    bed.import(mondo([term("MONDO:1", "???"), term("MONDO:2", "!!!")]))
        .await;
    assert_eq!(bed.condition("condition").await.name, "???");
    assert_eq!(bed.condition("condition-2").await.name, "!!!");
    assert_eq!(bed.all().await.len(), 2);
}

async fn codes_lead_to_all_that_carry_them(bed: Bed) {
    bed.import(mondo([
        term("MONDO:3", "gamma").code("ICD-10:C90.0"),
        term("MONDO:1", "alpha")
            .code("ICD10CM:c90.0")
            .code("ORPHA:29073"),
        term("MONDO:2", "beta"),
    ]))
    .await;
    assert_eq!(bed.with_code("ICD-10:C90.0").await, ["alpha", "gamma"]);
    assert_eq!(bed.with_code("Orphanet:29073").await, ["alpha"]);
    assert_eq!(bed.with_code("mondo:2").await, ["beta"]);
    assert!(bed.with_code("ORPHA:1").await.is_empty());
    // A value alone is not enough: the system counts.
    assert!(bed.with_code("OMIM:29073").await.is_empty());
}

async fn names_that_a_source_has_given_up_are_found_and_not_shown(bed: Bed) {
    let coloboma = || {
        term("MONDO:1476", "coloboma")
            .synonym("congenital ocular coloboma")
            .formerly("Ocular coloboma")
            .formerly("congenital ocular coloboma")
    };
    bed.import(mondo([coloboma()])).await;
    assert_eq!(
        synonyms(&bed, "coloboma").await,
        ["congenital ocular coloboma"]
    );
    assert_eq!(bed.found("ocular coloboma").await, ["Coloboma"]);
    assert_eq!(bed.moved("ocular-coloboma").await, "coloboma");
    assert_eq!(bed.import(mondo([coloboma()])).await.unchanged, 1);
    let without = term("MONDO:1476", "coloboma");
    assert_eq!(bed.import(mondo([without])).await.changed, 1);
    assert!(bed.is_missing("ocular-coloboma").await);
}

async fn older_names_come_last(bed: Bed) {
    bed.import(mondo([term("MONDO:7114", "Angelman syndrome")
        .synonym("happy puppet syndrome")
        .synonym("AS")
        .scoped("puppet children", Scope::Related)]))
        .await;
    assert_eq!(
        synonyms(&bed, "angelman-syndrome").await,
        ["AS", "puppet children", "happy puppet syndrome"]
    );
    assert_eq!(bed.found("happy puppet").await, ["Angelman syndrome"]);
}

async fn greek_letters_stay_greek(bed: Bed) {
    let disorder = || term("MONDO:930001", "β-thalassemia intermedia-like disorder");
    bed.import(mondo([
        disorder(),
        term("MONDO:930002", "α1-antitrypsin deficiency"),
        term("MONDO:930003", "mTOR-related overgrowth"),
        term("MONDO:930004", "non-Hodgkin lymphoma"),
    ]))
    .await;
    let mut all = names(&bed.all().await)
        .into_iter()
        .map(str::to_owned)
        .collect::<Vec<_>>();
    all.sort();
    assert_eq!(
        all,
        [
            "Non-Hodgkin lymphoma",
            "mTOR-related overgrowth",
            "α1-antitrypsin deficiency",
            "β-thalassemia intermedia-like disorder",
        ]
    );
    // A name that an earlier version of the program wrote otherwise is written anew.
    let connection = bed.connection().await;
    let sql = "UPDATE condition SET name = 'Β-thalassemia' WHERE curie = 'MONDO:0930001'";
    sea_orm::ConnectionTrait::execute_unprepared(&connection, sql)
        .await
        .unwrap();
    assert_eq!(bed.import(mondo([disorder()])).await.changed, 1);
    let found = bed.with_code("MONDO:0930001").await;
    assert!(bed.condition(&found[0]).await.name.starts_with('β'));
}

async fn a_logical_definition_of_before_goes(bed: Bed) {
    let logical = "A disease that has material basis in mutation in the A gene.";
    bed.import(mondo([term("MONDO:1000", "alpha").definition(logical)]))
        .await;
    bed.import(mondo([term("MONDO:1000", "alpha")])).await;
    assert_eq!(bed.condition("alpha").await.definition, None);
}
