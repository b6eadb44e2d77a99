//! Uses the generated client as a program would. Its output must equal that of the other generators.

use serde_json::json;
use talaria_client::types::{CreateResponseRequest, OutputItem, OutputMessagePart, ResponseStreamEvent};
use talaria_client::{Client, Error};

type Failure = Box<dyn std::error::Error>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let url = std::env::args().nth(1).expect("the server's address");
    let client = Client::new(&url);

    let models = client.list_models().await?;
    println!("models {}", models.data[0].id);

    let first = client.create_response(None, None, None, None, None, &ask(json!({"input": "Hello!"}))?).await?;
    let request = ask(json!({"input": "And?", "previous_response_id": first.id}))?;
    let second = client.create_response(None, None, None, None, None, &request).await?;
    let OutputItem::OutputMessage(message) = &second.output[0] else { panic!("the output is no message") };
    let OutputMessagePart::OutputText(part) = &message.content[0] else { panic!("the content is no text") };
    println!("chain {}", part.text.contains("Turn 2."));

    match client.get_response("resp_unknown", None, None, None, None).await {
        Err(Error::ErrorResponse(failure)) => {
            println!("error {} {}", failure.status().as_u16(), failure.error.code.clone().unwrap_or_default())
        }
        reply => panic!("the reply is {reply:?}"),
    }

    let request = ask(json!({"input": "/say Hello there.", "stream": true}))?;
    println!("stream {}", stream(&url, request).await?);
    Ok(())
}

/// The request has fifty optional fields and no default, so it is read from JSON.
fn ask(request: serde_json::Value) -> Result<CreateResponseRequest, serde_json::Error> {
    serde_json::from_value(request)
}

/// Sends the request itself, because the client would parse the stream as JSON.
async fn stream(url: &str, request: CreateResponseRequest) -> Result<String, Failure> {
    let request = reqwest::Client::new().post(format!("{url}/v1/responses")).json(&request);
    let mut reply = request.send().await?.error_for_status()?;
    let mut unread = Vec::new();
    let mut text = String::new();
    while let Some(chunk) = reply.chunk().await? {
        unread.extend_from_slice(&chunk);
        while let Some(end) = unread.iter().position(|&byte| byte == b'\n') {
            let line: Vec<u8> = unread.drain(..=end).collect();
            let Some(data) = line.strip_prefix(b"data: ").filter(|data| data.starts_with(b"{")) else { continue };
            if let ResponseStreamEvent::OutputTextDeltaEvent(event) = serde_json::from_slice(data)? {
                text += &event.delta;
            }
        }
    }
    Ok(text)
}
