using System.Text.Json.Serialization;
using OsDeploy.Api.Accounts;

namespace OsDeploy.Server.Accounts;

/// <summary>JSON of the documents of this area.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(OperatorRecord))]
[JsonSerializable(typeof(LastUid))]
[JsonSerializable(typeof(SessionRecord))]
[JsonSerializable(typeof(SecretCheck))]
[JsonSerializable(typeof(AuditLine))]
internal sealed partial class AccountJson : JsonSerializerContext;
