namespace OsDeploy.Api.Notifications;

/// <summary>Who is told of new alarms and ended batches, and how. The log is told always.</summary>
/// <param name="Mail">Null: nobody gets mail.</param>
/// <param name="Webhook">Null: no other program is told.</param>
public sealed record NotificationSettings(MailSettings? Mail = null, WebhookSettings? Webhook = null);

/// <param name="Server">Name or address of the server that takes mail.</param>
/// <param name="StartTls">The connection is encrypted before anything is said; else it is not at all.</param>
/// <param name="User">Null: the server asks nobody who they are.</param>
/// <param name="Password"><see cref="Configurations.Secret.Mask"/>: there is one, or it stays.</param>
public sealed record MailSettings(string Server, int Port, bool StartTls, string From, IReadOnlyList<string> To, string? User = null, string? Password = null)
{
    /// <summary>Where a server takes mail of those it knows (RFC 6409).</summary>
    public const int UsualPort = 587;

    public const int MostReceivers = 10;
}

/// <param name="Url">Where a JSON document is posted.</param>
/// <param name="Key">
/// Each document is signed with it: the header <see cref="SignatureHeader"/> is <c>sha256=</c> and the HMAC of its bytes in hexadecimal digits.
/// As <see cref="MailSettings.Password"/>.
/// </param>
public sealed record WebhookSettings(string Url, string Key)
{
    public const string SignatureHeader = "X-Osdeploy-Signature";

    public const int LeastKey = 16;
}

/// <summary>How a test went, for each way that is set.</summary>
public sealed record NotificationTest(IReadOnlyList<NotificationWay> Ways);

/// <param name="Way"><c>mail</c> or <c>webhook</c>.</param>
/// <param name="Why">Why it did not arrive; null: it was taken.</param>
public sealed record NotificationWay(string Way, string? Why);
