import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Collectors;
import talaria.ApiClient;
import talaria.ApiException;
import talaria.api.ModelsApi;
import talaria.api.ResponsesApi;
import talaria.model.CreateResponseRequest;
import talaria.model.ErrorResponse;
import talaria.model.Model;
import talaria.model.OutputMessage;
import talaria.model.OutputText;
import talaria.model.OutputTextDeltaEvent;

/** Uses the generated client as a program would. Its output must equal that of the other generators. */
public class Check {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    ResponsesApi responses = new ResponsesApi(client);

    var models = new ModelsApi(client).listModels();
    System.out.println("models " + models.getData().stream().map(Model::getId).collect(Collectors.joining(",")));

    var first = responses.createResponse(new CreateResponseRequest().input("Hello!"), null, null, null, null, null);
    var second = responses.createResponse(new CreateResponseRequest().input("And?").previousResponseId(first.getId()), null, null, null, null, null);
    var message = (OutputMessage) second.getOutput().get(0).getActualInstance();
    var part = (OutputText) message.getContent().get(0).getActualInstance();
    System.out.println("chain " + part.getText().contains("Turn 2."));

    try {
      responses.getResponse("resp_unknown", null, null, null, null);
    } catch (ApiException exception) {
      var body = client.getObjectMapper().readValue(exception.getResponseBody(), ErrorResponse.class);
      System.out.println("error " + exception.getCode() + " " + body.getError().getCode());
    }

    var request = new CreateResponseRequest().input("/say Hello there.").stream(true);
    var body = HttpRequest.BodyPublishers.ofString(client.getObjectMapper().writeValueAsString(request));
    var uri = URI.create(arguments[0] + "/v1/responses");
    var post = HttpRequest.newBuilder(uri).header("content-type", "application/json").POST(body).build();
    var reply = HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.ofInputStream());
    var text = new StringBuilder();
    try (var lines = new BufferedReader(new InputStreamReader(reply.body()))) {
      for (String line; (line = lines.readLine()) != null; ) {
        if (!line.startsWith("data: {\"type\":\"response.output_text.delta\"")) continue;
        text.append(client.getObjectMapper().readValue(line.substring(6), OutputTextDeltaEvent.class).getDelta());
      }
    }
    System.out.println("stream " + text);
  }
}
