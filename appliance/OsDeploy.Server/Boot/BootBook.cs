using System.Net;
using System.Text.Json.Serialization;
using OsDeploy.Api.Boot;
using OsDeploy.Api.Configurations;
using OsDeploy.Server.Accounts;
using OsDeploy.Storage.Documents;

namespace OsDeploy.Server.Boot;

/// <summary>The settings of starting over the network, and the password of its menu.</summary>
internal sealed class BootBook
{
    private const string Id = "settings";
    private const int TriesAMinute = 20;

    private readonly Passwords _passwords;
    private readonly TimeProvider _time;
    private readonly Collection<KeptSettings> _kept;
    private readonly AttemptWindow _tries;
    private readonly Func<string, string?> _accountOf;

    /// <param name="accountOf">How an operator's own password is kept, by name; null: there is none.</param>
    public BootBook(DocumentStore documents, Passwords passwords, Func<string, string?> accountOf, TimeProvider time)
    {
        (_passwords, _accountOf, _time) = (passwords, accountOf, time);
        _kept = documents.GetCollection("boot", BootJson.Default.KeptSettings, _ => Id);
        _tries = new AttemptWindow(TriesAMinute, time);
    }

    /// <summary>The password as a mask, if there is one.</summary>
    public BootSettingsView View => _kept.FindById(Id) is { } stored ? ViewOf(stored) : new BootSettingsView(new BootSettings(), 0);

    public BootSettings Settings => View.Settings;

    /// <summary>As <see cref="GrubVerifier"/> writes it; null: there is no password, or none that GRUB can ask for.</summary>
    public string? Verifier => _kept.FindById(Id)?.Value.Grub is { } kept && GrubVerifier.IsOne(kept) ? kept : null;

    /// <summary>Writes settings that were checked.</summary>
    /// <param name="rev">0: there were none.</param>
    /// <exception cref="DocumentConflictException">Somebody else wrote meanwhile.</exception>
    public BootSettingsView Write(BootSettings settings, MenuPassword? password, long rev, string by)
    {
        var kept = new KeptSettings(settings with { MenuPassword = null, ChangedBy = by, ChangedAt = _time.GetUtcNow() }, password?.Hash.ToString(), password?.Grub);
        return ViewOf(rev == 0 ? _kept.Insert(kept) : _kept.Update(kept, rev));
    }

    /// <summary>PCs are served on another card from now on, if they were on this one.</summary>
    public void Move(string from, string to, string by)
    {
        if (_kept.FindById(Id) is { } stored && stored.Value.Settings.Interface == from)
        {
            _kept.Update(stored.Value with { Settings = stored.Value.Settings with { Interface = to, ChangedBy = by, ChangedAt = _time.GetUtcNow() } }, stored.Rev);
        }
    }

    /// <summary>What is to be kept of a password as it was sent.</summary>
    /// <param name="by">Who sent it: what everybody on the wire can guess at must not be the password of an account.</param>
    /// <exception cref="UserErrorException"><c>boot-password-invalid</c>, <c>boot-password-of-account</c></exception>
    public async Task<MenuPassword?> PasswordOfAsync(string? sent, string by, CancellationToken cancel)
    {
        if (sent is null or "" or Secret.Mask)
        {
            return sent == Secret.Mask && KeptPassword is { } kept ? new MenuPassword(kept, Verifier) : null;
        }

        var password = BootRules.PasswordOf(sent);
        if (PasswordHash.TryParse(_accountOf(by), out var own) && await _passwords.MatchesAsync(own, password, cancel))
        {
            throw BootErrors.PasswordOfAccount();
        }

        return new MenuPassword(await _passwords.HashAsync(password, cancel), GrubVerifier.Of(password));
    }

    /// <summary>Whether a password that came from a loader is the one of the menu. Too many tries are all wrong.</summary>
    public async Task<bool> MatchesAsync(string? password, CancellationToken cancel) =>
        password is not null && MayTry() && KeptPassword is { } hash && await _passwords.MatchesAsync(hash, password, cancel);

    /// <summary>The first rule that fits an address; null: none does.</summary>
    public static BootRule? RuleFor(BootSettings settings, IPAddress? address) => address is null ? null : settings.Rules.FirstOrDefault(rule =>
        BootRules.TryAddress(rule.First, out var first) && BootRules.TryAddress(rule.Last, out var last)
        && BootRules.NumberOf(first) <= BootRules.NumberOf(address) && BootRules.NumberOf(address) <= BootRules.NumberOf(last));

    private bool MayTry()
    {
        lock (_tries)
        {
            if (_tries.Wait > TimeSpan.Zero)
            {
                return false;
            }

            _tries.Add();
            return true;
        }
    }

    private PasswordHash? KeptPassword => PasswordHash.TryParse(_kept.FindById(Id)?.Value.Password, out var hash) ? hash : null;

    private static BootSettingsView ViewOf(Stored<KeptSettings> stored) =>
        new(stored.Value.Settings with { MenuPassword = stored.Value.Password is null ? null : Secret.Mask }, stored.Rev);
}

/// <param name="Password">As <see cref="PasswordHash"/> writes it; null: none.</param>
/// <param name="Grub">As <see cref="GrubVerifier"/> does.</param>
internal sealed record KeptSettings(BootSettings Settings, string? Password, string? Grub = null);

/// <summary>A password as it is kept: for iPXE, which sends what was typed, and for GRUB, which compares by itself.</summary>
/// <param name="Grub">Null: it was set when GRUB could not ask for it yet.</param>
internal sealed record MenuPassword(PasswordHash Hash, string? Grub);

/// <param name="Id">Always the same.</param>
internal sealed record CurrentBuild(string Id, string Build);

/// <summary>How often a host was started for a job since it was last heard of.</summary>
internal sealed record BootStart(string Host, string Job, int Count);

/// <summary>The last starts of a host, newest first.</summary>
internal sealed record HostBoots(string Host, IReadOnlyList<BootRecord> Boots);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(KeptSettings))]
[JsonSerializable(typeof(CurrentBuild))]
[JsonSerializable(typeof(BootStart))]
[JsonSerializable(typeof(HostBoots))]
[JsonSerializable(typeof(NextStart))]
internal sealed partial class BootJson : JsonSerializerContext;
