using System.Text.Json.Serialization;

namespace OsDeploy.Boot;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false,
    WriteIndented = true,
    NewLine = "\n",
    MaxDepth = 4)]
[JsonSerializable(typeof(ClientBuild))]
internal sealed partial class ClientBuildJson : JsonSerializerContext;
