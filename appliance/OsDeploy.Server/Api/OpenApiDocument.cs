using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using OsDeploy.Api;

namespace OsDeploy.Server.Api;

/// <summary>The API as an OpenAPI 3.1 document, made from the route table and the JSON types themselves (JSON Schema 2020-12).</summary>
internal static class OpenApiDocument
{
    public static byte[] Of(IReadOnlyList<ApiRoute> routes, string version)
    {
        var schemas = new JsonObject();
        var paths = new JsonObject();
        foreach (var route in routes)
        {
            if (paths[route.Template] is not JsonObject path)
            {
                paths[route.Template] = path = [];
            }

            path[MethodOf(route)] = OperationOf(route, schemas);
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "osdeploy", ["version"] = version },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas,
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
            },
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, ApiJson.Default.JsonObject);
    }

    private static string MethodOf(ApiRoute route) => CultureInfo.InvariantCulture.TextInfo.ToLower(route.Method);

    private static JsonObject OperationOf(ApiRoute route, JsonObject schemas)
    {
        var operation = new JsonObject
        {
            ["summary"] = SummaryOf(route.Access),
            ["parameters"] = new JsonArray([.. route.Parameters.Select(name => (JsonNode)new JsonObject
            {
                ["name"] = name,
                ["in"] = "path",
                ["required"] = true,
                ["schema"] = new JsonObject { ["type"] = "string" },
            })]),
            ["responses"] = new JsonObject
            {
                [route.AnswerType is null ? "2XX" : "200"] = AnswerOf(route, schemas),
                ["default"] = new JsonObject
                {
                    ["description"] = "RFC 9457, with code and hint",
                    ["content"] = ContentOf(ApiJson.Default.Problem, Problem.MediaType, schemas),
                },
            },
            ["security"] = route.Access.IsPublic ? new JsonArray() : new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
        };
        if (route.BodyType is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = true, ["content"] = ContentOf(body, "application/json", schemas) };
        }

        return operation;
    }

    private static JsonObject AnswerOf(ApiRoute route, JsonObject schemas)
    {
        var answer = new JsonObject { ["description"] = route.AnswerType is null ? "Done, or bytes" : "Done" };
        if (route.AnswerType is { } type)
        {
            answer["content"] = ContentOf(type, "application/json", schemas);
        }

        return answer;
    }

    private static JsonObject ContentOf(JsonTypeInfo type, string media, JsonObject schemas)
    {
        var name = NameOf(type.Type);
        if (!schemas.ContainsKey(name))
        {
            schemas[name] = type.GetJsonSchemaAsNode();
        }

        return new JsonObject
        {
            [media] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/" + name } },
        };
    }

    private static string NameOf(Type type) => type.IsGenericType ? NameOf(type.GetGenericArguments()[0]) + "List" : type.Name;

    private static string SummaryOf(Access access) =>
        access.IsPublic ? "Anyone"
        : string.Join(" or ", new[] { access.IsAgent ? "an agent with a job" : null, access.Operator is { } right ? $"operators with the right {right}" : null }.OfType<string>());
}
