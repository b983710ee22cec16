namespace OsDeploy.Api.Accounts;

/// <summary>An account, as the API shows it: never its password.</summary>
/// <param name="Name">1 to 32 of <c>a-z 0-9 . _ -</c>, beginning with a letter.</param>
/// <param name="Rooms">Only with <see cref="Role.RoomOperator"/>: the rooms it may work in.</param>
/// <param name="Tokens">Names of the long-lived tokens that act as this account (another appliance, a script).</param>
/// <param name="LastLogin">Null: never.</param>
/// <param name="Keys">With which the account may log in over SSH; null: from an appliance that knows of none.</param>
public sealed record Operator(
    string Name, Role Role, IReadOnlyList<string> Rooms, bool IsDisabled, IReadOnlyList<string> Tokens, DateTimeOffset? LastLogin = null, IReadOnlyList<OperatorKey>? Keys = null);

/// <remarks>The text of this and the other records with a secret leaves it out: it must not get into a log by way of its record.</remarks>
public sealed record LoginRequest(string Name, string Password)
{
    public override string ToString() => nameof(LoginRequest);
}

/// <param name="Token">Sent as <c>Authorization: Bearer</c>. Ends after 15 minutes without a request, after 12 hours in any case.</param>
public sealed record LoginAnswer(string Token, Operator Operator, DateTimeOffset EndsAt)
{
    public override string ToString() => Operator.Name;
}

public sealed record NewOperator(string Name, Role Role, string Password, IReadOnlyList<string>? Rooms = null)
{
    public override string ToString() => Name;
}

/// <summary>Null leaves a value as it is.</summary>
public sealed record OperatorChange(Role? Role = null, IReadOnlyList<string>? Rooms = null, bool? IsDisabled = null);

/// <param name="Own">The password of whoever asks: a stolen session cannot lock its owner out.</param>
public sealed record PasswordChange(string Own, string New)
{
    public override string ToString() => nameof(PasswordChange);
}

/// <param name="Name">1 to 32 letters, digits, dots and dashes: what the token is for.</param>
public sealed record NewToken(string Name);

/// <summary>Shown once; only its hash is kept.</summary>
public sealed record TokenAnswer(string Token)
{
    public override string ToString() => nameof(TokenAnswer);
}

/// <summary>A public key of an account, for SSH.</summary>
/// <param name="Name">Whose or where it is: <c>annas-laptop</c>.</param>
/// <param name="Type">As OpenSSH names it: <c>ssh-ed25519</c>.</param>
/// <param name="Fingerprint"><c>SHA256:</c> and base64, as `ssh-keygen -l` shows it.</param>
public sealed record OperatorKey(string Name, string Type, string Fingerprint);

/// <param name="Name">1 to 32 letters, digits, dots and dashes.</param>
/// <param name="Line">The one line of a public key file: type, key and perhaps a remark. No options.</param>
public sealed record NewOperatorKey(string Name, string Line);

/// <summary>One line of the audit log. Each carries the hash of the line before, so that none can be taken out unseen.</summary>
/// <param name="Actor"><c>operator:anna</c>, <c>host:r1-pc01</c>, <c>appliance</c>.</param>
/// <param name="Action">Stable word such as <c>job-start</c>.</param>
/// <param name="Subject">What it was done to.</param>
/// <param name="Detail">What was decided or changed, printable.</param>
/// <param name="Hash">SHA-256 over the previous hash and this line's values, in hexadecimal digits.</param>
public sealed record AuditLine(long Number, DateTimeOffset At, string Actor, string Action, string Subject, string Detail, string Hash);

/// <param name="BrokenAt">Number that the first wrong or missing line should have; null: the chain is whole.</param>
public sealed record AuditPage(IReadOnlyList<AuditLine> Lines, long? BrokenAt = null);
