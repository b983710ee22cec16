using System.Text.Json.Serialization;
using OsDeploy.Api.Carousels;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Multicast;

/// <summary>How rooms are served at once, as it was set last.</summary>
internal sealed class MulticastSettingsBook(DocumentStore documents)
{
    private const string Id = "settings";

    private readonly Collection<KeptMulticastSettings> _kept = documents.GetCollection("multicast", MulticastSettingsJson.Default.KeptMulticastSettings, kept => kept.Id);

    public MulticastSettings Current => _kept.FindById(Id) is { } stored ? stored.Value.Settings : new MulticastSettings();

    /// <param name="inTransaction">Kept together with it.</param>
    /// <returns>What holds.</returns>
    /// <exception cref="UserErrorException"><c>multicast-settings-invalid</c></exception>
    public MulticastSettings Write(MulticastSettings wanted, Action<MulticastSettings> inTransaction)
    {
        var settings = MulticastRules.Checked(wanted);
        documents.Transact(() =>
        {
            inTransaction(settings);
            _kept.Upsert(new KeptMulticastSettings(Id, settings));
        });
        return settings;
    }
}

/// <param name="Id">Always the same.</param>
internal sealed record KeptMulticastSettings(string Id, MulticastSettings Settings);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptMulticastSettings))]
internal sealed partial class MulticastSettingsJson : JsonSerializerContext;
