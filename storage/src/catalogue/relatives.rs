//! Which conditions are closest to one in the tree.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::tree::{Tree, all_from};

/// How many a page shows.
const SHOWN: usize = 6;
/// A group of more conditions than this ("syndromic disease") says too little about what two of its
/// members have in common: better no relative than one that only begins with the same letter.
const LARGE: u32 = 200;

/// How a condition is related to another.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Closeness {
    /// Steps up to the group that they have in common: one for those that are directly in it too.
    steps: u8,
    /// Conditions below the smallest such group.
    smallest: u32,
    /// How many such groups there are, as what is left of the most.
    groups: u32,
    /// How far apart they are in the alphabet, where types of one disease follow each other.
    apart: usize,
}

/// The closest conditions, closest first. What is above or below a condition is shown as such, so
/// it is not among them.
pub(super) fn closest(tree: &Tree, id: Uuid) -> Vec<Uuid> {
    let mut excluded = all_from(id, &tree.parents);
    excluded.extend(all_from(id, &tree.children));
    excluded.insert(id);
    let above: HashSet<Uuid> = groups_above(tree, id)
        .filter(|group| tree.size(group) <= LARGE)
        .collect();
    let mut found: HashMap<Uuid, Closeness> = HashMap::new();
    for group in &above {
        for other in tree.children(*group) {
            meet(tree, &mut found, (id, other), *group, 1);
        }
    }
    let siblings = found.keys().filter(|other| !excluded.contains(*other));
    if siblings.count() < SHOWN {
        let further: HashSet<Uuid> = above
            .iter()
            .flat_map(|group| groups_above(tree, *group))
            .filter(|group| !above.contains(group) && tree.size(group) <= LARGE)
            .collect();
        let near: HashSet<Uuid> = found.keys().copied().collect();
        for group in &further {
            let direct = tree.children(*group);
            let cousins = tree.children(*group).flat_map(|child| tree.children(child));
            let others: HashSet<Uuid> = direct.chain(cousins).collect();
            for other in others.difference(&near) {
                meet(tree, &mut found, (id, *other), *group, 2);
            }
        }
    }
    let mut ranked: Vec<(Closeness, usize, Uuid)> = found
        .into_iter()
        .filter(|(other, _)| !excluded.contains(other))
        .map(|(other, closeness)| (closeness, tree.nodes[&other].place, other))
        .collect();
    ranked.sort_unstable();
    ranked.truncate(SHOWN);
    ranked.into_iter().map(|(.., other)| other).collect()
}

/// What is directly above and says what its members are.
fn groups_above(tree: &Tree, id: Uuid) -> impl Iterator<Item = Uuid> {
    let says = move |group: &Uuid| !tree.nodes[group].is_mechanism;
    tree.parents(id).filter(says)
}

/// Notes that a condition was met in a group.
fn meet(
    tree: &Tree,
    found: &mut HashMap<Uuid, Closeness>,
    (id, other): (Uuid, Uuid),
    group: Uuid,
    steps: u8,
) {
    let node = &tree.nodes[&other];
    if !node.is_condition {
        return;
    }
    let size = tree.size(&group);
    let met = found.entry(other).or_insert_with(|| Closeness {
        steps,
        smallest: size,
        groups: u32::MAX,
        apart: tree.nodes[&id].place.abs_diff(node.place),
    });
    met.smallest = met.smallest.min(size);
    met.groups -= 1;
}
