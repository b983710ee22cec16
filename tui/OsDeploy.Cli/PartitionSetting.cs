using System.Globalization;
using OsDeploy.Api.Configurations;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Cli;

/// <summary>
/// What one <c>--partition [DISK.]NUMBER:KEY=VALUE,...</c> says. A key without a value takes the value away; <c>reset</c> takes away
/// all that is said of the partition.
/// </summary>
internal sealed class PartitionSetting
{
    public const string Syntax = "[DISK.]NUMBER:KEY=VALUE,...";

    private const string Reset = "reset";

    private static readonly string[] s_keys = ["description", "os", "join", "product-id", "use", "format", "grow"];

    private readonly Dictionary<string, string> _values = [];
    private readonly string _text;

    private PartitionSetting(string text, int disk, int number) => (_text, Disk, Number) = (text, disk, number);

    public int Disk { get; }

    public int Number { get; }

    public bool IsReset { get; private init; }

    /// <exception cref="UserErrorException"><c>usage-partition</c>, which names the part that is wrong.</exception>
    public static PartitionSetting Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var place = colon < 0 ? text : text[..colon];
        var numbers = place.Split('.');
        if (colon < 0 || numbers.Length > 2 || !numbers.All(number => TryNumber(number, out _)))
        {
            throw ServerErrors.UsagePartition(text, place, "is not [DISK.]NUMBER with a colon behind it");
        }

        _ = TryNumber(numbers[^1], out var partition);
        var disk = numbers.Length == 2 && TryNumber(numbers[0], out var named) ? named : 1;
        var rest = text[(colon + 1)..];
        var setting = new PartitionSetting(text, disk, partition) { IsReset = rest == Reset };
        if (!setting.IsReset)
        {
            setting.ReadValues(rest);
        }

        return setting;
    }

    /// <returns>The plan with the values of this setting in it.</returns>
    /// <exception cref="UserErrorException"><c>usage-partition</c></exception>
    public PartitionPlan ApplyTo(PartitionPlan plan) => plan with
    {
        Description = Value("description", plan.Description) ?? "",
        Os = Choice("os", (OperatingSystem?)plan.Os) ?? OperatingSystem.Data,
        Join = Choice("join", (JoinMode?)plan.Join) ?? JoinMode.No,
        ProductId = Value("product-id", plan.ProductId),
        Use = Choice("use", (PartitionUse?)plan.Use) ?? PartitionUse.Image,
        Format = Value("format", plan.Format),
        Grow = Flag(plan.Grow) ?? false,
    };

    /// <returns>A host's own values with those of this setting in them.</returns>
    /// <exception cref="UserErrorException"><c>usage-partition</c></exception>
    public PartitionOverride ApplyTo(PartitionOverride own) => own with
    {
        Description = Value("description", own.Description),
        Os = Choice("os", own.Os),
        Join = Choice("join", own.Join),
        ProductId = Value("product-id", own.ProductId),
        Use = Choice("use", own.Use),
        Format = Value("format", own.Format),
        Grow = Flag(own.Grow),
    };

    private static bool TryNumber(string text, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0;

    private void ReadValues(string text)
    {
        foreach (var part in text.Split(','))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? part : part[..equals];
            if (!s_keys.Contains(key) || (equals < 0 && key != "grow"))
            {
                throw ServerErrors.UsagePartition(_text, part, $"is not one of {string.Join(", ", s_keys.Select(known => known == "grow" ? known : known + "=..."))}, {Reset}");
            }

            if (!_values.TryAdd(key, equals < 0 ? "yes" : part[(equals + 1)..]))
            {
                throw ServerErrors.UsagePartition(_text, part, "says the same thing twice");
            }
        }
    }

    /// <returns>The value said, null for one that is taken away, <paramref name="before"/> if nothing is said.</returns>
    private string? Value(string key, string? before) => !_values.TryGetValue(key, out var said) ? before : said.Length > 0 ? said : null;

    private T? Choice<T>(string key, T? before)
        where T : struct, Enum
    {
        if (!_values.TryGetValue(key, out var said))
        {
            return before;
        }

        return said.Length == 0 ? null
            : Words.TryParse<T>(said, out var value) ? value
            : throw ServerErrors.UsagePartition(_text, $"{key}={said}", $"is not one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    private bool? Flag(bool? before) => !_values.TryGetValue("grow", out var said) ? before : said switch
    {
        "" => null,
        "yes" => true,
        "no" => false,
        _ => throw ServerErrors.UsagePartition(_text, "grow=" + said, "is not grow, grow=yes or grow=no"),
    };
}
