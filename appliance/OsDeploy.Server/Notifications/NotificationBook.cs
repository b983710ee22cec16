using System.Text.Json.Serialization;
using OsDeploy.Api.Notifications;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Notifications;

/// <summary>How notifications are sent, as it was set last. Its secrets lie sealed.</summary>
/// <param name="seal">Makes a secret unreadable.</param>
/// <param name="open">Makes it readable again.</param>
internal sealed class NotificationBook(DocumentStore documents, Func<string, string> seal, Func<string, string> open)
{
    private const string Id = "settings";

    private readonly Collection<KeptNotifications> _kept = documents.GetCollection("notifications", NotificationJson.Default.KeptNotifications, kept => kept.Id);

    /// <summary>With its secrets: for who sends.</summary>
    public NotificationSettings Current => _kept.FindById(Id) is { } stored ? With(stored.Value.Settings, open) : new NotificationSettings();

    /// <summary>Without them.</summary>
    public NotificationSettings View => _kept.FindById(Id) is { } stored ? NotificationRules.Masked(stored.Value.Settings) : new NotificationSettings();

    /// <param name="inTransaction">Kept together with it.</param>
    /// <returns>What holds, without its secrets.</returns>
    /// <exception cref="UserErrorException"><c>notifications-invalid</c>, <c>notifications-secret-again</c></exception>
    public NotificationSettings Write(NotificationSettings wanted, Action<NotificationSettings> inTransaction) => documents.Transact(() =>
    {
        var settings = NotificationRules.Checked(wanted, Current);
        inTransaction(NotificationRules.Masked(settings));
        _kept.Upsert(new KeptNotifications(Id, With(settings, seal)));
        return NotificationRules.Masked(settings);
    });

    private static NotificationSettings With(NotificationSettings settings, Func<string, string> secret) => new(
        settings.Mail is { } mail ? mail with { Password = mail.Password is { } password ? secret(password) : null } : null,
        settings.Webhook is { } hook ? hook with { Key = secret(hook.Key) } : null);
}

/// <param name="Id">Always the same.</param>
internal sealed record KeptNotifications(string Id, NotificationSettings Settings);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptNotifications))]
[JsonSerializable(typeof(WebhookDocument))]
internal sealed partial class NotificationJson : JsonSerializerContext;
