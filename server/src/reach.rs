//! Whether other machines find the server where they are told to.

use std::net::{IpAddr, SocketAddr};

use axum::http::Uri;
use serde::Serialize;
use utoipa::ToSchema;

/// Why only this machine finds the server where devices are told to look for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum OnlyHere {
    /// It serves other machines by HTTPS alone, and does not serve HTTPS.
    NotEncrypted,
    /// It listens to this machine alone.
    ListensHere {
        /// What `--https` would have to be.
        #[schema(example = "0.0.0.0:8443")]
        listen_to: String,
        /// Where other machines would then find it.
        found_at: Vec<String>,
    },
    /// It listens to all networks, and this machine is in none.
    NoNetwork,
    /// It listens to others, and `--public-url` sends them to themselves.
    ToldWrong {
        /// Where they would find it.
        found_at: Vec<String>,
    },
}

/// What to do about it, for the person at the terminal.
impl std::fmt::Display for OnlyHere {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotEncrypted => f.write_str(
                "They need HTTPS: start without --no-tls; behind a proxy, with --public-url and the proxy's address.",
            ),
            Self::ListensHere { listen_to, found_at } => {
                write!(f, "It serves this machine only: start with --https {listen_to}")?;
                match found_at.as_slice() {
                    [] => f.write_str(", and connect this machine to the network of the tablets."),
                    found_at => write!(f, "; tablets then find it at {}.", found_at.join(" or ")),
                }
            }
            Self::NoNetwork => {
                f.write_str("This machine is in no network: connect it to that of the tablets, and start again.")
            }
            Self::ToldWrong { found_at } => write!(
                f,
                "Each device takes the address of --public-url for itself: start with --public-url {}.",
                found_at.join(" or ")
            ),
        }
    }
}

/// `https`: where the server listens; `networks`: this machine's addresses in them.
pub(crate) fn only_here(public_url: &str, https: Option<SocketAddr>, networks: &[IpAddr]) -> Option<OnlyHere> {
    if !is_own_machine(public_url) {
        return None;
    }
    let Some(https) = https else {
        return Some(OnlyHere::NotEncrypted);
    };
    let found_at = |of: &[IpAddr]| of.iter().map(|ip| url(*ip, https.port())).collect();
    Some(match https.ip() {
        ip if ip.is_loopback() => OnlyHere::ListensHere {
            listen_to: SocketAddr::from(([0, 0, 0, 0], https.port())).to_string(),
            found_at: found_at(networks),
        },
        ip if !ip.is_unspecified() => OnlyHere::ToldWrong {
            found_at: found_at(&[ip]),
        },
        _ if networks.is_empty() => OnlyHere::NoNetwork,
        _ => OnlyHere::ToldWrong {
            found_at: found_at(networks),
        },
    })
}

/// Every machine takes such a host for itself.
fn is_own_machine(url: &str) -> bool {
    let uri: Option<Uri> = url.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default();
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host.eq_ignore_ascii_case("localhost") || ip.is_some_and(|ip| ip.is_loopback() || ip.is_unspecified())
}

fn url(ip: IpAddr, port: u16) -> String {
    format!("https://{}", SocketAddr::new(ip, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAN: [IpAddr; 1] = [IpAddr::V4(std::net::Ipv4Addr::new(192, 0, 2, 7))];

    fn at(https: &str) -> Option<SocketAddr> {
        Some(https.parse().unwrap())
    }

    #[test]
    fn an_address_that_each_machine_takes_for_itself_is_told_of_with_what_to_do() {
        let found_at = vec!["https://192.0.2.7:8443".to_owned()];
        assert_eq!(
            only_here("https://127.0.0.1:8443", at("127.0.0.1:8443"), &LAN)
                .unwrap()
                .to_string(),
            "It serves this machine only: start with --https 0.0.0.0:8443; tablets then find it at https://192.0.2.7:8443."
        );
        let listens_here = OnlyHere::ListensHere {
            listen_to: "0.0.0.0:8443".into(),
            found_at: found_at.clone(),
        };
        for (public, https, networks, expected) in [
            ("http://127.0.0.1:8080", None, &LAN[..], OnlyHere::NotEncrypted),
            (
                "https://127.0.0.1:8443",
                at("127.0.0.1:8443"),
                &LAN,
                listens_here.clone(),
            ),
            ("https://[::1]:8443", at("[::1]:8443"), &LAN, listens_here),
            ("https://127.0.0.1:8443", at("0.0.0.0:8443"), &[], OnlyHere::NoNetwork),
            (
                "https://LOCALHOST:8443",
                at("0.0.0.0:8443"),
                &LAN,
                OnlyHere::ToldWrong {
                    found_at: found_at.clone(),
                },
            ),
            (
                "https://localhost",
                at("192.0.2.7:8443"),
                &[],
                OnlyHere::ToldWrong { found_at },
            ),
        ] {
            assert_eq!(only_here(public, https, networks), Some(expected), "{public} {https:?}");
        }
    }

    #[test]
    fn an_address_that_leads_to_the_server_is_not_told_of() {
        for public in [
            "https://192.0.2.7:8443",
            "https://vedette.example",
            "https://localhost.example",
        ] {
            assert_eq!(only_here(public, at("127.0.0.1:8443"), &[]), None, "{public}");
        }
    }
}
