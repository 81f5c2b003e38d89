use super::*;

/// What the earlier version left: each alert about somebody else, of whom only one is on the list still.
const BEFORE: &str = "
    insert into users (id, name, password_hash, created_at) values ('ann', 'Ann', '$hash', 1);
    insert into devices (id, name, token, paired_at) values ('gate', 'Gate', x'07', 1);
    insert into deployments (id, name, place, created_at, ends_at, model, pipeline, dimensions, state, started_at, ended_at, end_reason)
        values ('live', 'Now', 'Hall', 1, 9, 'm', 1, 128, 'live', 2, null, null),
               ('over', 'Then', 'Hall', 1, 9, 'm', 1, 128, 'ended', 2, 9, 'time');
    insert into alerts (id, deployment, entry, device, track, raised_at, band, version, verdict, decided_by, decided_at, sight, lapsed_at)
        values ('open', 'live', '1', 'gate', 't1', 3, 'strong', 1, null, null, null, null, null),
               ('true', 'live', '2', 'gate', 't2', 3, 'strong', 2, 'true', 'ann', 4, null, null),
               ('seen', 'live', '3', 'gate', 't3', 3, 'strong', 3, 'true', 'ann', 4, 'confirmed', null),
               ('listed', 'live', '4', 'gate', 't4', 3, 'strong', 1, null, null, null, null, null),
               ('false', 'live', '5', 'gate', 't5', 3, 'strong', 2, 'false', 'ann', 4, null, null),
               ('denied', 'live', '6', 'gate', 't6', 3, 'strong', 3, 'true', 'ann', 4, 'not_confirmed', null),
               ('lapsed', 'live', '7', 'gate', 't7', 3, 'strong', 2, null, null, null, null, 5),
               ('told', 'live', '8', 'gate', 't8', 3, 'strong', 3, 'true', 'ann', 4, null, null),
               ('ended', 'over', '9', 'gate', 't9', 3, 'strong', 2, 'true', 'ann', 4, null, null),
               ('late', 'over', '1', 'gate', 't1', 3, 'strong', 2, null, null, null, null, 8),
               ('later', 'over', '2', 'gate', 't1', 3, 'strong', 2, null, null, null, null, 9),
               ('one', 'over', '1', 'gate', 't2', 3, 'strong', 2, null, null, null, null, 5),
               ('other', 'over', '2', 'gate', 't2', 3, 'strong', 2, 'false', 'ann', 4, null, null);
    insert into entries (id, deployment, created_at) values ('4', 'live', 1);
    insert into engagements (alert, recorded_by, recorded_at, outcome) values ('told', 'ann', 5, '{\"kind\":\"lost\"}');
    insert into audit (at, actor, user, action, subject, detail)
        select 6, 'user', 'ann', 'entry_deleted', value, '{}' from json_each('[\"1\", \"3\", \"5\", \"6\", \"7\", \"8\", \"9\"]');
    insert into audit (at, actor, user, action, subject, detail) values (7, 'command_line', null, 'entry_deleted', '2', '{}');
";

#[tokio::test]
async fn r21_what_the_earlier_version_left_undone_about_people_off_the_list_is_withdrawn() {
    let folder = tempfile::tempdir().unwrap();
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(folder.path().join("vedette.db"))
        .create_if_missing(true);
    let file = sqlx::SqlitePool::connect_with(options).await.unwrap();
    let mut before = migrations();
    before.migrations.to_mut().retain(|script| script.version < 26);
    before.run(&file).await.unwrap();
    sqlx::raw_sql(BEFORE).execute(&file).await.unwrap();
    migrations().run(&file).await.unwrap();
    let sql = "select id, withdrawn_at, withdrawn_by, withdrawn_why, version from alerts
               where withdrawn_at is not null or withdrawn_by is not null or withdrawn_why is not null order by id";
    let rows = sqlx::query(sql).fetch_all(&file).await.unwrap();
    let withdrawn: Vec<(String, i64, Option<String>, String, i64)> = rows
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)))
        .collect();
    let off = |id: &str, at, by: Option<&str>, version| (id.into(), at, by.map(Into::into), "removed".into(), version);
    assert_eq!(
        withdrawn,
        [
            off("open", 6, Some("ann"), 2),
            off("seen", 6, Some("ann"), 4),
            off("true", 7, None, 3),
        ]
    );
    let events =
        sqlx::query("select alert from events where deployment = 'live' and kind = 'alert_withdrawn' order by seq");
    let told: Vec<String> = events
        .fetch_all(&file)
        .await
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert_eq!(told, ["open", "seen", "true"]);
    let kept = sqlx::query("select id, lapsed, lapsed_since, withdrawn from deployments order by id");
    let kept = kept.fetch_all(&file).await.unwrap();
    let kept: Vec<(String, i64, Option<i64>, i64)> = kept
        .iter()
        .map(|row| (row.get(0), row.get(1), row.get(2), row.get(3)))
        .collect();
    assert_eq!(kept, [("live".into(), 0, None, 0), ("over".into(), 1, Some(9), 0)]);
}
