using System.Text.Json.Serialization;

namespace OsDeploy.Cli.Login;

/// <summary>One server this person is logged in at.</summary>
/// <param name="Key">Fingerprint of its key; null over a socket of this computer.</param>
/// <param name="Token">Of the session.</param>
internal sealed record SavedLogin(string Address, string? Key, string Token, string Operator);

/// <param name="Current">Address of the server that verbs mean when none is named.</param>
internal sealed record LoginFile(string? Current, IReadOnlyList<SavedLogin> Logins);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(LoginFile))]
internal sealed partial class LoginJson : JsonSerializerContext;
