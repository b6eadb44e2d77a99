import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseRetrieveParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.Tool;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Runs the scenarios with openai-java. Prints a line for each: its name, a tab, and `ok` or the failure. */
public class Check {
    static final OpenAIClient acme = connect("ACME_KEY");
    static final OpenAIClient lab = connect("LAB_KEY");
    static final Map<String, Object> properties = Map.of("city", Map.of("type", "string"));

    static OpenAIClient connect(String key) {
        return OpenAIOkHttpClient.builder()
            .baseUrl(System.getenv("BASE_URL")).apiKey(System.getenv(key)).maxRetries(0).build();
    }

    static ResponseCreateParams.Builder ask(String text) {
        return ResponseCreateParams.builder().model("offline").input(text);
    }

    static Response send(ResponseCreateParams.Builder params) {
        return acme.responses().create(params.build());
    }

    static String text(Response response) {
        return response.output().stream()
            .flatMap(item -> item.message().stream())
            .flatMap(message -> message.content().stream())
            .flatMap(content -> content.outputText().stream())
            .map(part -> part.text())
            .collect(Collectors.joining());
    }

    static ChatCompletionCreateParams chat(String text) {
        return ChatCompletionCreateParams.builder().model("offline").addUserMessage(text).build();
    }

    static Object plain() {
        expect(text(send(ask("/say hello"))).equals("hello"), "another text");
        var message = acme.chat().completions().create(chat("/say hello")).choices().get(0).message();
        return expect(message.content().orElse("").equals("hello"), "another chat text");
    }

    static Object streamed() {
        try (var stream = acme.responses().createStreaming(ask("/tokens 5").build())) {
            expect(stream.stream().filter(event -> event.isOutputTextDelta()).count() > 1, "no deltas");
        }
        try (var stream = acme.chat().completions().createStreaming(chat("/tokens 5"))) {
            return expect(stream.stream().count() > 2, "no chunks");
        }
    }

    static Object tools() {
        var parameters = FunctionTool.Parameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty("properties", JsonValue.from(properties)).build();
        var tool = FunctionTool.builder().name("get_weather").parameters(parameters).strict(false).build();
        var first = send(ask("/call get_weather {\"city\":\"Paris\"}").addTool(tool));
        ResponseFunctionToolCall call =
            first.output().stream().flatMap(item -> item.functionCall().stream()).findFirst().orElseThrow();
        var result = ResponseInputItem.FunctionCallOutput.builder().callId(call.callId()).output("sunny").build();
        var second = send(ResponseCreateParams.builder().model("offline").previousResponseId(first.id())
            .inputOfResponse(List.of(ResponseInputItem.ofFunctionCallOutput(result))));
        return expect(text(second).contains("sunny"), text(second));
    }

    static Object chain() {
        var first = send(ask("My name is Ada."));
        return expect(text(send(ask("And now?").previousResponseId(first.id()))).contains("Turn 2"), "no second turn");
    }

    static Object cancel() {
        var started = send(ask("/tokens 500 delay 20ms").background(true));
        var status = acme.responses().cancel(started.id()).status().orElseThrow();
        return expect(status.equals(ResponseStatus.CANCELLED), status.toString());
    }

    static Object structuredOutput() {
        var format = Map.of("type", "json_schema", "name", "city", "schema",
            Map.of("type", "object", "properties", properties, "required", List.of("city")));
        var params = ask("A city").putAdditionalBodyProperty("text", JsonValue.from(Map.of("format", format)));
        return expect(text(send(params)).contains("\"city\""), "no city");
    }

    static Object background() throws InterruptedException {
        var response = send(ask("/say later").background(true));
        for (int round = 0; round < 200 && !response.status().get().equals(ResponseStatus.COMPLETED); round++) {
            Thread.sleep(50);
            response = acme.responses().retrieve(response.id());
        }
        return expect(text(response).equals("later"), "not completed");
    }

    static Object resume() {
        var text = new StringBuilder();
        String id = "";
        long last = -1;
        try (var stream = acme.responses().createStreaming(ask("/tokens 20 delay 20ms").background(true).build())) {
            var events = stream.stream().iterator();
            while (text.length() == 0 && events.hasNext()) {
                var event = events.next();
                if (event.isCreated()) {
                    id = event.asCreated().response().id();
                    last = event.asCreated().sequenceNumber();
                }
                if (event.isOutputTextDelta()) {
                    text.append(event.asOutputTextDelta().delta());
                    last = event.asOutputTextDelta().sequenceNumber();
                }
            }
        }
        var params = ResponseRetrieveParams.builder().responseId(id).startingAfter(last).build();
        try (var rest = acme.responses().retrieveStreaming(params)) {
            rest.stream().filter(event -> event.isOutputTextDelta())
                .forEach(event -> text.append(event.asOutputTextDelta().delta()));
        }
        var whole = text(acme.responses().retrieve(id));
        return expect(whole.contentEquals(text), "got " + text + ", expected " + whole);
    }

    static Object twoTenants() {
        var response = send(ask("/say mine"));
        try {
            lab.responses().retrieve(response.id());
        } catch (NotFoundException refusal) {
            return null;
        }
        return expect(false, "the other tenant sees the response");
    }

    static Object mcp() {
        var tool = Tool.Mcp.builder().serverLabel("everything")
            .requireApproval(Tool.Mcp.RequireApproval.McpToolApprovalSetting.ALWAYS).build();
        var first = send(ask("/call everything__echo {\"message\":\"hello\"}").addTool(tool));
        var request = first.output().stream()
            .flatMap(item -> item.mcpApprovalRequest().stream()).findFirst().orElseThrow();
        var answer = ResponseInputItem.McpApprovalResponse.builder().approvalRequestId(request.id()).approve(true).build();
        var second = send(ResponseCreateParams.builder().model("offline").previousResponseId(first.id()).addTool(tool)
            .inputOfResponse(List.of(ResponseInputItem.ofMcpApprovalResponse(answer))));
        var call = second.output().stream().flatMap(item -> item.mcpCall().stream()).findFirst().orElseThrow();
        expect(call.output().orElse("").equals("Echo: hello"), call.toString());
        expect(call.approvalRequestId().orElse("").equals(request.id()), call.toString());
        return expect(text(second).contains("Echo: hello"), text(second));
    }

    static Object expect(boolean holds, String what) {
        if (!holds) throw new IllegalStateException(what);
        return null;
    }

    static void run(String name, Callable<Object> scenario) {
        try {
            scenario.call();
            System.out.println(name + "\tok");
        } catch (Exception failure) {
            System.out.println(name + "\t" + failure.toString().replace('\n', ' '));
        }
    }

    public static void main(String[] words) {
        run("plain", Check::plain);
        run("streamed", Check::streamed);
        run("tools", Check::tools);
        run("chain", Check::chain);
        run("cancel", Check::cancel);
        run("structured output", Check::structuredOutput);
        run("background", Check::background);
        run("resume", Check::resume);
        run("two tenants", Check::twoTenants);
        run("mcp", Check::mcp);
        // The client's threads would keep the process for a minute.
        System.exit(0);
    }
}
