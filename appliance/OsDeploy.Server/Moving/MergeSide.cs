using System.Text.Json;
using OsDeploy.Api;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Accounts;
using OsDeploy.Server.Hosting;

namespace OsDeploy.Server.Moving;

/// <summary>
/// Documents of two appliances in a form that can be compared: without who changed them and when, without ids, and with secrets open where
/// both sides can open theirs. Else all that counts of a secret is that there is one.
/// </summary>
/// <param name="box">Opens the secrets; null: nobody can.</param>
internal sealed class MergeSide(SecretBox? box)
{
    /// <summary>Of a configuration; its master is for the host to say.</summary>
    public string TextOf(Configuration configuration) => JsonSerializer.Serialize(
        configuration with
        {
            Id = "",
            Master = null,
            ChangedBy = "",
            ChangedAt = default,
            AdminPassword = Shown(configuration.AdminPassword),
            Store = configuration.Store is { } store ? store with { Token = Shown(store.Token)! } : null,
            Partitions = [.. configuration.Partitions.Select(plan => plan with { ProductId = Shown(plan.ProductId) })],
            Boot = configuration.Boot is { } boot ? boot with { Build = null } : null,
        },
        ApiJson.Default.Configuration);

    public static string TextOf(Room room) => JsonSerializer.Serialize(room with { Id = "", ChangedBy = "", ChangedAt = default }, ApiJson.Default.Room);

    /// <summary>Of a host, but for what its computer says of itself.</summary>
    public string TextOf(Host host) => JsonSerializer.Serialize(
        host with
        {
            Id = "",
            Identity = new HardwareIdentity(null, null, null, []),
            Inventory = null,
            ChangedBy = "",
            ChangedAt = default,
            Overrides = [.. host.Overrides.Select(own => own with { ProductId = Shown(own.ProductId) })],
            Boot = host.Boot is { } boot ? boot with { Build = null } : null,
        },
        ApiJson.Default.Host);

    /// <summary>Opens a secret of this side.</summary>
    /// <returns>Null: there is none, or nobody can open it.</returns>
    public string? Open(string? secret, string purpose) => string.IsNullOrEmpty(secret) || box is null ? null : box.Open(secret, purpose);

    // An empty one says that a host has none where its configuration has one.
    private string? Shown(string? secret) => string.IsNullOrEmpty(secret) ? secret : Open(secret, SecretPurposes.Registry) ?? Secret.Mask;
}

/// <summary>Moves secrets from one box to another.</summary>
/// <param name="from">Null: nobody can open them, and they are left out.</param>
internal sealed class Resealer(SecretBox? from, SecretBox to)
{
    /// <summary>Whether one had to be left out.</summary>
    public bool HasLost { get; private set; }

    public string? Move(string? secret, string purpose)
    {
        if (string.IsNullOrEmpty(secret))
        {
            return secret;
        }

        if (from is null)
        {
            HasLost = true;
            return null;
        }

        return to.Seal(from.Open(secret, purpose), purpose);
    }

    public Configuration Move(Configuration configuration) => configuration with
    {
        AdminPassword = Move(configuration.AdminPassword, SecretPurposes.Registry),
        Store = configuration.Store is { } store && Move(store.Token, SecretPurposes.Registry) is { } token ? store with { Token = token } : null,
        Partitions = [.. configuration.Partitions.Select(plan => plan with { ProductId = Move(plan.ProductId, SecretPurposes.Registry) })],
    };

    public Host Move(Host host) => host with { Overrides = [.. host.Overrides.Select(own => own with { ProductId = Move(own.ProductId, SecretPurposes.Registry) })] };
}
