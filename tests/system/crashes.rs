//! The server killed without warning, again and again, in the middle of whatever it does.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use uuid::Uuid;
use vedette_tests::{Product, Reply, binary, photo, template};

const KILLS: u32 = 200;

struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) % bound
    }
}

/// What the server has acknowledged about one deployment.
#[derive(Default)]
struct Known {
    /// By id; each with the seed of its template.
    entries: BTreeMap<String, u64>,
    removed: BTreeSet<String>,
    live: bool,
    opened: BTreeSet<String>,
    decided: BTreeSet<String>,
    alerts: BTreeSet<String>,
    ended: bool,
    /// Ends by itself within seconds.
    short: bool,
}

/// What the client was about to do when the server died; it may have happened or not.
#[derive(Default)]
struct Doubt {
    removal: Option<String>,
    end: Option<String>,
    /// Name of the people of a batch, and their deployment.
    batch: Option<(String, String)>,
}

/// Does one thing after another until the server is gone.
fn work(product: &Product, known: &mut BTreeMap<String, Known>, random: &mut Random, seed: &mut u64) -> Doubt {
    let mut doubt = Doubt::default();
    let succeeded = |reply: &Reply| reply.status < 300;
    loop {
        let running = known.iter().find(|(_, one)| !one.ended).map(|(id, _)| id.clone());
        let Some(id) = running else {
            let short = random.below(4) == 0;
            let ends_at = product.in_seconds(if short { 1 } else { 3_600 });
            let body = json!({ "name": "Rehearsal", "place": "Pier 4", "ends_at": ends_at });
            let Some(reply) = product.try_post("/v1/deployments", &body) else {
                return doubt;
            };
            if succeeded(&reply) {
                let id = reply.body["id"].as_str().unwrap().to_owned();
                known.insert(
                    id,
                    Known {
                        short,
                        ..Known::default()
                    },
                );
            }
            continue;
        };
        let path = format!("/v1/deployments/{id}");
        let one = known.get_mut(&id).unwrap();
        let refused = match random.below(9) {
            0..=2 => {
                *seed += 1;
                let body = product.new_entry(&id, "Volunteer Zebedee", &template(*seed), &photo(*seed as u8));
                let Some(reply) = product.try_post(&format!("{path}/entries"), &body) else {
                    return doubt;
                };
                if succeeded(&reply) {
                    one.entries.insert(reply.body["id"].as_str().unwrap().to_owned(), *seed);
                }
                !succeeded(&reply)
            }
            8 => {
                let seeds = [*seed + 1, *seed + 2, *seed + 3];
                *seed += 3;
                let name = format!("Batch {seed}");
                let people = seeds.map(|seed| {
                    let entry = product.new_entry(&id, &name, &template(seed), &photo(seed as u8));
                    json!({ "name": name, "portraits": [entry["portrait"]] })
                });
                doubt.batch = Some((id.clone(), name));
                let Some(reply) = product.try_post(&format!("{path}/entries/batch"), &json!({ "entries": people }))
                else {
                    return doubt;
                };
                doubt.batch = None;
                let results = reply.body["results"].as_array().cloned().unwrap_or_default();
                let listed = results
                    .iter()
                    .zip(seeds)
                    .filter(|(result, _)| result["outcome"] == "listed");
                let listed = listed.map(|(result, seed)| (result["entry"]["id"].as_str().unwrap().to_owned(), seed));
                let before = one.entries.len();
                one.entries.extend(listed);
                one.entries.len() == before
            }
            3 if !one.live && !one.entries.is_empty() => {
                let Some(reply) = product.try_post(&format!("{path}/start"), &json!({})) else {
                    return doubt;
                };
                one.live = succeeded(&reply);
                !one.live
            }
            4 | 5 if one.live && !one.entries.is_empty() => {
                let entry = random.below(one.entries.len() as u64) as usize;
                let seed = *one.entries.values().nth(entry).unwrap();
                let probe = vedette_tests::candidate(Uuid::now_v7(), &product.sent(&id, &template(seed)));
                let Some(reply) = product.try_post(&format!("{path}/candidates"), &probe) else {
                    return doubt;
                };
                let alerts = reply.body["crops_wanted"].as_array().cloned().unwrap_or_default();
                one.alerts
                    .extend(alerts.iter().map(|id| id.as_str().unwrap().to_owned()));
                !succeeded(&reply)
            }
            6 if one.alerts.len() > one.decided.len() => {
                let alert = one.alerts.difference(&one.decided).next().unwrap().clone();
                let opened = json!({ "kind": "opened" });
                let Some(reply) = product.try_post(&format!("/v1/alerts/{alert}/receipts"), &opened) else {
                    return doubt;
                };
                if succeeded(&reply) {
                    one.opened.insert(alert.clone());
                }
                let Some(reply) = product.try_adjudicate(&alert, "inconclusive") else {
                    return doubt;
                };
                // A conflict is decided as one, and a decision that was made before its answer was lost stays made. Whoever
                // has just opened it must look first.
                let too_soon = reply.body["type"] == "/problems/too-soon";
                if succeeded(&reply) || (reply.status == 409 && !too_soon) || reply.status == 412 {
                    one.decided.insert(alert);
                }
                false
            }
            7 if one.entries.len() > 3 => {
                let (entry, _) = one.entries.first_key_value().unwrap();
                let entry = entry.clone();
                doubt.removal = Some(entry.clone());
                let Some(reply) = product.try_delete(&format!("{path}/entries/{entry}")) else {
                    return doubt;
                };
                doubt.removal = None;
                if succeeded(&reply) {
                    one.entries.remove(&entry);
                    one.removed.insert(entry);
                }
                !succeeded(&reply)
            }
            _ if random.below(6) == 0 => {
                doubt.end = Some(id.clone());
                let Some(reply) = product.try_post(&format!("{path}/end"), &json!({})) else {
                    return doubt;
                };
                doubt.end = None;
                one.ended = succeeded(&reply);
                !one.ended
            }
            _ => false,
        };
        if refused {
            assert!(one.short, "only a deployment that ends by itself refuses");
            one.ended = true;
        }
    }
}

/// A list longer than a page is asked for page by page.
fn everybody(product: &Product, id: &str) -> Vec<Value> {
    const PAGE: usize = 200;
    let mut all = Vec::new();
    for page in 0.. {
        let reply = product.get(&format!("/v1/deployments/{id}/entries?page={page}"));
        let people = reply.body.as_array().unwrap();
        all.extend_from_slice(people);
        if people.len() < PAGE {
            break;
        }
    }
    all
}

/// Nothing acknowledged is lost, and nothing that should be gone is there.
fn check(product: &Product, known: &mut BTreeMap<String, Known>, doubt: &Doubt) {
    for (id, one) in known.iter_mut() {
        let found = product.get(&format!("/v1/deployments/{id}"));
        let ended = found.body["state"]["kind"] == "ended";
        assert!(ended || !one.ended, "{id} was ended and is back: {found:?}");
        if ended {
            let may_have = one.ended || one.short || doubt.end.as_ref() == Some(id);
            assert!(may_have, "{id} has ended, and nobody ended it");
            assert_eq!(found.body["entries"], 0);
            let key = product.data.path().join("keys").join(format!("{id}.key"));
            assert!(!key.exists(), "the key of {id} outlived it");
            one.ended = true;
            continue;
        }
        let live = found.body["state"]["kind"] == "live";
        assert!(live || !one.live, "{id} was live and is not");
        one.live = live;
        let entries = everybody(product, id);
        let there: BTreeSet<String> = entries.iter().map(|e| e["id"].as_str().unwrap().to_owned()).collect();
        assert!(there.is_disjoint(&one.removed), "somebody who was removed is back");
        if let Some((of, name)) = doubt.batch.as_ref().filter(|(of, _)| of == id) {
            let whole = entries.iter().filter(|e| e["name"] == name.as_str()).count();
            assert!(
                whole == 0 || whole == 3,
                "{whole} of a batch of three are on the list of {of}"
            );
        }
        for entry in one.entries.keys() {
            let in_doubt = doubt.removal.as_ref() == Some(entry);
            assert!(there.contains(entry) || in_doubt, "{entry} of {id} is lost");
        }
        one.entries.retain(|entry, _| there.contains(entry));
        let alerts = product.get(&format!("/v1/deployments/{id}/alerts"));
        for alert in &one.alerts {
            let kept = alerts
                .body
                .as_array()
                .unwrap()
                .iter()
                .find(|kept| kept["id"] == alert.as_str());
            let kept = kept.unwrap_or_else(|| panic!("alert {alert} is lost"));
            let decided = kept["state"]["kind"] != "open";
            assert!(
                decided || !one.decided.contains(alert),
                "the decision about {alert} is lost"
            );
            assert!(
                kept["receipts"] != json!([]) || !one.opened.contains(alert),
                "the receipt of {alert} is lost"
            );
        }
    }
}

/// R79, R92: after each of two hundred kills.
#[test]
fn a_server_killed_at_any_point_loses_nothing_acknowledged_and_brings_nothing_back() {
    let mut product = Product::start();
    product.set_up();
    let (mut known, mut random, mut seed) = (BTreeMap::new(), Random(0x2545_f491_4f6c_dd1d), 0);
    let mut doubt = Doubt::default();
    for kill in 0..KILLS {
        if kill > 0 {
            product.run();
            check(&product, &mut known, &doubt);
        }
        let wait = Duration::from_millis(random.below(120));
        doubt = std::thread::scope(|scope| {
            let killer = product.killer();
            scope.spawn(move || {
                std::thread::sleep(wait);
                killer();
            });
            work(&product, &mut known, &mut random, &mut seed)
        });
        product.reap();
        if kill % 10 == 0 {
            let verified = Command::new(binary())
                .args(["audit", "verify", "--data"])
                .arg(product.data.path())
                .output()
                .unwrap();
            assert!(
                verified.status.success(),
                "{}",
                String::from_utf8_lossy(&verified.stderr)
            );
        }
    }
    let ended = known.values().filter(|one| one.ended).count();
    let acknowledged: usize = known.values().map(|one| one.entries.len() + one.alerts.len()).sum();
    assert!(
        ended > 5 && acknowledged > 50,
        "{ended} ended, {acknowledged} kept: too little happened to say anything"
    );
}
