//! The journal of a server that was used, tampered with.

use super::operations::{plan, staff};
use super::*;
use crate::audit::chain::{Broken, Entry, Verifier, link};

/// What happened on a server: accounts, an operation with an alert, an exercise, their ends.
async fn used() -> Vec<Value> {
    let server = Server::new().await;
    let admin = server.set_up().await;
    let staff = staff(&server, &admin).await;
    let id = server.seen_to(&staff).await;
    server
        .put(&staff.commander, &format!("/v1/deployments/{id}/plan"), plan(&server))
        .await
        .ok();
    let (exercise, _) = server.live(&admin).await;
    for track in 1..20 {
        server.offer(&admin, &exercise, &server.candidate(track, 1)).await.ok();
        let alerts = server.alerts(&admin, &exercise).await;
        let open = alerts.iter().find(|alert| alert["state"]["kind"] == "open").unwrap();
        server.decide(&admin, open, "\"1\"", "inconclusive").await.ok();
    }
    for ended in [id, exercise] {
        let path = format!("/v1/deployments/{ended}/end");
        let by = if server.get(&admin, &format!("/v1/deployments/{ended}")).await.ok()["operation"].is_object() {
            &staff.commander
        } else {
            &admin
        };
        server.post(by, &path, json!({})).await.ok();
    }
    let rows = server
        .app
        .store
        .read()
        .await
        .unwrap()
        .audit_after(0, 1000)
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| serde_json::to_value(Entry::from(row)).unwrap())
        .collect()
}

fn verify(lines: &[String], heads: &[crate::audit::head::SignedHead]) -> Result<(i64, i64), Broken> {
    let mut verifier = Verifier::new(heads.to_vec());
    for (line, number) in lines.iter().zip(1..) {
        let entry: Entry = serde_json::from_str(line).map_err(|_| Broken::Unreadable(number))?;
        verifier.take(&entry)?;
    }
    verifier.finish()
}

fn hash(entry: &Value) -> Digest {
    let mut bytes = [0; 32];
    hex::decode_to_slice(entry["hash"].as_str().unwrap(), &mut bytes).unwrap();
    Digest(bytes)
}

/// R93: each of a thousand random tamperings of a real journal is found.
#[tokio::test]
async fn a_thousand_random_tamperings_of_a_real_journal_are_all_found() {
    let entries = used().await;
    assert!(entries.len() > 50, "{}", entries.len());
    let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    let last = entries.len();
    let at = Timestamp::from_second(START).unwrap();
    let heads = [SigningKey::from_seed(&[7; 32]).sign(last as i64, hash(&entries[last - 1]), at)];
    assert_eq!(verify(&lines, &heads), Ok((last as i64, last as i64)));

    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % below
    };
    let mut kinds = [0; 6];
    while kinds.iter().sum::<u32>() < 1_000 {
        let kind = random(kinds.len());
        let (one, other) = (random(last), random(last));
        let mut changed = lines.clone();
        match kind {
            0 => {
                let place = random(lines[one].len());
                let byte = [b' ' + random(95) as u8];
                changed[one].replace_range(place..=place, std::str::from_utf8(&byte).unwrap());
            }
            1 => _ = changed.remove(one),
            2 => changed.swap(one, other),
            3 => changed.insert(one, lines[other].clone()),
            4 => changed.truncate(last - 1 - one),
            // All that follows is made to fit; only a head that was taken before shows it.
            _ => {
                let mut before = if one == 0 {
                    Digest([0; 32])
                } else {
                    hash(&entries[one - 1])
                };
                for (line, entry) in changed.iter_mut().zip(&entries).skip(one) {
                    let mut forged = entry.clone();
                    forged["subject"] = json!("somebody else");
                    before = link(before, &serde_json::from_value(forged.clone()).unwrap());
                    forged["hash"] = json!(hex::encode(before.0));
                    *line = forged.to_string();
                }
            }
        }
        // Written otherwise, such as a hash in capitals, it says the same: nothing was tampered with.
        let read = |lines: &[String]| -> Vec<Option<Entry>> {
            lines.iter().map(|line| serde_json::from_str(line).ok()).collect()
        };
        if read(&changed) == read(&lines) {
            continue;
        }
        let found = verify(&changed, &heads);
        assert!(found.is_err(), "kind {kind} at {one} ({other}): {found:?}");
        kinds[kind] += 1;
    }
    assert!(kinds.iter().all(|count| *count > 100), "{kinds:?}");
}
