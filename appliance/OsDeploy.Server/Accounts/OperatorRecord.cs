using OsDeploy.Api.Accounts;
using OsDeploy.Server.Api;

namespace OsDeploy.Server.Accounts;

/// <summary>The document of an account.</summary>
/// <param name="Password">Text of a <see cref="PasswordHash"/>.</param>
/// <param name="Stamp">Drawn anew when the account changes; a session has the stamp of its login and ends when they differ.</param>
/// <param name="KeptSession">
/// Hash of the session that goes on in spite of its older stamp: that of an operator who has just changed the own password.
/// </param>
/// <param name="Keys">For SSH; null: none.</param>
/// <param name="Uid">As a user of the system; null: it has not been one.</param>
internal sealed record OperatorRecord(
    string Name,
    Role Role,
    IReadOnlyList<string> Rooms,
    string Password,
    bool IsDisabled,
    DateTimeOffset? LastLogin,
    IReadOnlyList<TokenRecord> Tokens,
    string Stamp,
    string? KeptSession,
    IReadOnlyList<KeyRecord>? Keys = null,
    int? Uid = null)
{
    public bool IsEnabledAdmin => Role == Role.Admin && !IsDisabled;

    public static string DrawStamp() => Guid.NewGuid().ToString("N");

    public Operator ToOperator() => new(Name, Role, Rooms, IsDisabled, [.. Tokens.Select(token => token.Name)], LastLogin, [.. (Keys ?? []).Select(key => key.ToOperatorKey())]);

    public OperatorCaller ToCaller(string credential) => new(Name, Role, Rooms, credential);

    // The text a record makes by itself has the hashes in it.
    public override string ToString() => Name;
}

/// <param name="Hash">Of a <see cref="BearerToken"/>.</param>
internal sealed record TokenRecord(string Name, string Hash, DateTimeOffset MadeAt);

/// <param name="Line">Type and key in base64, as authorized_keys has them.</param>
internal sealed record KeyRecord(string Name, string Type, string Line, string Fingerprint, DateTimeOffset AddedAt)
{
    public OperatorKey ToOperatorKey() => new(Name, Type, Fingerprint);
}
