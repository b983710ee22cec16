using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OsDeploy.Api.Boot;
using OsDeploy.Boot;
using OsDeploy.Text;

namespace OsDeploy.Server.Boot;

/// <summary>What settings and options may be. What passes here may stand in scripts and in the configuration of dnsmasq.</summary>
internal static class BootRules
{
    private const int MaxKernel = 512;
    private const int MaxSleep = 600;
    private const int MaxVlan = 4094;
    private const int MaxInterface = 15; // IFNAMSIZ without its zero
    private const int MaxList = 100;
    private const int MaxPassword = 32;
    private const int MinPassword = 8;

    private static readonly string[] s_languages = ["de", "en", "fr"];
    // Of two parameters with the same name the later one counts: nobody sets by the way what is decided elsewhere, such as to begin by itself.
    private static readonly string[] s_reserved = [KernelParameters.Prefix, "init=", "rdinit=", "initrd="];
    private static readonly string[] s_keyboards = ["de", "us", "fr", "uk"];

    /// <exception cref="UserErrorException"><c>boot-option-invalid</c>, <c>boot-kernel-invalid</c></exception>
    public static BootOptions Checked(BootOptions options)
    {
        RequireOneOf("The language", options.Language, s_languages);
        RequireOneOf("The keyboard", options.Keyboard, s_keyboards);
        RequireKnown("The BIOS exit", options.BiosExit);
        RequireKnown("The UEFI exit", options.UefiExit);
        RequireKnown("The loader", options.Loader);
        RequireKnown("The menu", options.Menu);
        RequireBetween("The pause", options.Sleep, 0, MaxSleep);
        RequireBetween("The VLAN", options.Vlan, 0, MaxVlan);
        RequireBuild(options.Build);
        if (options.Kernel is { Length: > 0 } kernel)
        {
            RequireKernel(kernel);
        }

        return options with { Kernel = string.IsNullOrEmpty(options.Kernel) ? null : options.Kernel };
    }

    /// <exception cref="UserErrorException">Those of the options, and <c>boot-address-invalid</c>, <c>boot-range-invalid</c>, <c>boot-interface-invalid</c>, <c>boot-limit-invalid</c></exception>
    public static BootSettings Checked(BootSettings settings)
    {
        RequireKnown("The mode", (BootMode?)settings.Mode);
        RequireKnown("What unknown computers get", (UnknownHosts?)settings.Unknown);
        RequireBetween("The time of the menu", settings.MenuSeconds, 1, 300);
        RequireBetween("The lease time in minutes", settings.LeaseMinutes, 2, 10_080);
        RequireBetween("The number of builds", settings.KeepBuilds, 1, 50);
        if (settings.Mode != BootMode.Off && !IsInterface(settings.Interface))
        {
            throw BootErrors.InterfaceInvalid(settings.Interface);
        }

        if (settings.Dns.Count > 4 || settings.Rules.Count > MaxList || settings.Models.Count > MaxList)
        {
            throw BootErrors.LimitInvalid("A list", "4 name servers, 100 rules and 100 models at most");
        }

        foreach (var model in settings.Models)
        {
            RequireModel(model);
        }

        return settings with { Options = Checked(settings.Options), Rules = [.. settings.Rules.Select(Checked)], Dns = [.. settings.Dns.Select(dns => AddressOf("A name server", dns).ToString())] };
    }

    public static bool IsInterface(string name) =>
        name.Length is > 0 and <= MaxInterface && char.IsAsciiLetterOrDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <exception cref="UserErrorException"><c>boot-password-invalid</c></exception>
    public static string PasswordOf(string text) =>
        text.Length is >= MinPassword and <= MaxPassword && text.All(char.IsAsciiLetterOrDigit) ? text : throw BootErrors.PasswordInvalid(text);

    /// <exception cref="UserErrorException"><c>boot-address-invalid</c></exception>
    public static IPAddress AddressOf(string what, string? text) =>
        TryAddress(text, out var address) ? address : throw BootErrors.AddressInvalid(what, text);

    /// <summary>Only the one way to write an IPv4 address: others read 010 as 8.</summary>
    public static bool TryAddress(string? text, out IPAddress address)
    {
        address = IPAddress.None;
        if (!IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != AddressFamily.InterNetwork || parsed.ToString() != text)
        {
            return false;
        }

        address = parsed;
        return true;
    }

    /// <summary>An address as a number, to compare.</summary>
    public static uint NumberOf(IPAddress address) => System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static BootRule Checked(BootRule rule)
    {
        var (first, last) = (AddressOf("The first address of a rule", rule.First), AddressOf("The last address of a rule", rule.Last));
        RequireBuild(rule.Build);
        RequireKnown("What unknown computers get", rule.Unknown);
        return NumberOf(first) <= NumberOf(last) ? rule : throw BootErrors.RangeInvalid($"a rule goes from {rule.First} back to {rule.Last}");
    }

    private static void RequireKernel(string words)
    {
        if (words.Length > MaxKernel || !KernelText.IsCommandLine(words) || !ScriptFacts.IsKernelLine(words))
        {
            throw BootErrors.KernelInvalid(words);
        }

        if (words.Split(' ').FirstOrDefault(word => s_reserved.Any(name => word.StartsWith(name, StringComparison.Ordinal))) is { } reserved)
        {
            throw BootErrors.KernelReserved(reserved);
        }
    }

    private static void RequireModel(ModelExit model)
    {
        RequireKnown("The BIOS exit", model.Bios);
        RequireKnown("The UEFI exit", model.Uefi);
        if (model.Vendor.Length is 0 or > 64 || model.Model.Length > 64 || Printable.Of(model.Vendor + model.Model) != (model.Vendor + model.Model).Trim())
        {
            throw BootErrors.LimitInvalid("The name of a maker or model", "1 to 64 characters that can be shown");
        }
    }

    private static void RequireBuild(string? id)
    {
        if (id is not null && !(id.Length == 16 && id.All(char.IsAsciiHexDigitLower)))
        {
            throw BootErrors.BuildMissing(id);
        }
    }

    private static void RequireOneOf(string what, string? value, string[] allowed)
    {
        if (value is not null && !allowed.Contains(value, StringComparer.Ordinal))
        {
            throw BootErrors.OptionInvalid(what, value, string.Join(", ", allowed));
        }
    }

    /// <summary>A number that is no name of a value is read as JSON too.</summary>
    /// <exception cref="UserErrorException"><c>boot-option-invalid</c></exception>
    public static void RequireKnown<T>(string what, T? value)
        where T : struct, Enum
    {
        if (value is { } known && !Enum.IsDefined(known))
        {
            throw BootErrors.OptionInvalid(what, known.ToString(), string.Join(", ", Enum.GetNames<T>()));
        }
    }

    private static void RequireBetween(string what, int? value, int least, int most)
    {
        if (value is { } number && (number < least || number > most))
        {
            throw BootErrors.OptionInvalid(what, number.ToString(CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"));
        }
    }
}
