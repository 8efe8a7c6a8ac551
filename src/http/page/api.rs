//! The page of the interface, from its OpenAPI document.

use maud::{Markup, html};
use serde_json::Value;

use super::value::short;
use crate::http::openapi::resolved;

/// Every path with its parameters and answers.
pub fn markup(document: &Value) -> Markup {
    let paths = || document["paths"].as_object().into_iter().flatten();
    html! {
        p { (short(&document["info"]["description"])) }
        nav aria-label="Paths" {
            ul {
                @for (path, methods) in paths() {
                    li { a href=(format!("#{}", short(&methods["get"]["operationId"]))) { code { (path) } }
                        " " (short(&methods["get"]["summary"])) }
                }
            }
        }
        @for (path, methods) in paths() {
            @let operation = &methods["get"];
            section id=(short(&operation["operationId"])) {
                h2 { code { (path) } }
                p { (short(&operation["summary"])) ". " (short(&operation["description"])) }
                (parameters(document, operation))
                (answers(document, operation))
            }
        }
    }
}

fn parameters(document: &Value, operation: &Value) -> Markup {
    let given = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    html! {
        @if !given.is_empty() {
            table {
                thead { tr { th scope="col" { "Parameter" } th scope="col" { "Values" } th scope="col" { "Meaning" } } }
                tbody {
                    @for parameter in given {
                        @let parameter = resolved(document, parameter);
                        tr {
                            th scope="row" {
                                code { (short(&parameter["name"])) }
                                @if parameter["required"] == true { " (must be given)" }
                            }
                            td { (values(document, &parameter["schema"])) }
                            td { (short(&parameter["description"])) }
                        }
                    }
                }
            }
        }
    }
}

fn values(document: &Value, schema: &Value) -> String {
    let schema = resolved(document, schema);
    let mut text = vec![short(&schema["type"])];
    if schema["type"] == "array" {
        text.push(format!("of {}", values(document, &schema["items"])));
    }
    if let Some(words) = schema["enum"].as_array() {
        text.push(words.iter().map(short).collect::<Vec<_>>().join(", "));
    }
    let limits = [("minimum", "from"), ("maximum", "to"), ("default", "default"), ("format", "as")];
    for (name, word) in limits {
        if !schema[name].is_null() {
            text.push(format!("{word} {}", short(&schema[name])));
        }
    }
    text.join(" ")
}

fn answers(document: &Value, operation: &Value) -> Markup {
    let answers = operation["responses"].as_object().into_iter().flatten();
    html! {
        dl {
            @for (status, answer) in answers {
                @let answer = resolved(document, answer);
                dt { (status) }
                dd {
                    (short(&answer["description"]))
                    @for (kind, _) in answer["content"].as_object().into_iter().flatten() { " " code { (kind) } }
                }
            }
        }
    }
}
