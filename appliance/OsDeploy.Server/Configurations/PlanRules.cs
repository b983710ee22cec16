using System.Globalization;
using OsDeploy.Api.Configurations;
using OsDeploy.Api.Hosts;
using OsDeploy.Server.Hosts;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Server.Configurations;

/// <summary>What a partition plan may say.</summary>
internal static class PlanRules
{
    public const int MaxPartitions = 128;
    private const int MaxDisks = 32;
    private const int MaxProductId = 64;

    /// <summary>File systems the engine makes on data partitions.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["fat16", "fat32", "ntfs", "ext2", "ext3", "ext4", "btrfs", "xfs", "swap"];

    /// <param name="host">Whose plan it is, for the message; null: the configuration's.</param>
    /// <exception cref="UserErrorException">What is wrong with which partition.</exception>
    public static void Check(IReadOnlyCollection<PartitionPlan> plans, string? host = null)
    {
        if (plans.Count > MaxPartitions)
        {
            throw ConfigurationErrors.TooManyPartitions(MaxPartitions);
        }

        var (seen, growing) = (new HashSet<(int, int)>(), new HashSet<int>());
        foreach (var plan in plans)
        {
            var where = Where(plan.Disk, plan.Number, host);
            CheckNumber(plan.Disk, plan.Number, where);
            CheckWords(plan);
            CheckFormat(plan, where);
            if (!seen.Add((plan.Disk, plan.Number)))
            {
                throw ConfigurationErrors.PartitionTwice(where);
            }

            if (plan.Grow && !growing.Add(plan.Disk))
            {
                throw ConfigurationErrors.GrowTwice(where);
            }
        }
    }

    private static void CheckOverrides(IReadOnlyCollection<PartitionOverride> overrides, string host)
    {
        var (seen, growing) = (new HashSet<(int, int)>(), new HashSet<int>());
        foreach (var own in overrides)
        {
            var where = Where(own.Disk, own.Number, host);
            CheckNumber(own.Disk, own.Number, where);
            if (!seen.Add((own.Disk, own.Number)))
            {
                throw ConfigurationErrors.PartitionTwice(where);
            }

            if (own.Grow == true && !growing.Add(own.Disk))
            {
                throw ConfigurationErrors.GrowTwice(where);
            }

            if (own.Format is not null && !Formats.Contains(own.Format))
            {
                throw ConfigurationErrors.FormatInvalid(where, own.Format);
            }
        }
    }

    /// <summary>Looks at a host's own values and at what they make of its configuration's plan.</summary>
    /// <exception cref="UserErrorException">What is wrong with which partition of which host.</exception>
    public static void CheckHost(Configuration? configuration, Host host)
    {
        if (host.Overrides.Count > 0)
        {
            CheckOverrides(host.Overrides, host.Name.ToString());
            Check([.. EffectivePlan.Of(configuration, host).Select(partition => partition.Plan)], host.Name.ToString());
        }
    }

    /// <exception cref="UserErrorException"><c>partition-product-invalid</c></exception>
    public static void CheckProductId(string productId, int disk, int number, string? host)
    {
        if (productId.Length > MaxProductId || !productId.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw ConfigurationErrors.ProductIdInvalid(Where(disk, number, host));
        }
    }

    /// <exception cref="UserErrorException"><c>text-length-invalid</c></exception>
    public static string? DescriptionOf(string? text) => text is null ? null
        : PlainText.TryLine(text, PlainText.MaxDescription, out var line) ? line : throw HostErrors.TextTooLong("A description", PlainText.MaxDescription);

    public static string Where(int disk, int number, string? host) =>
        string.Create(CultureInfo.InvariantCulture, $"partition {number} of disk {disk}") + (host is null ? "" : $" on {host}");

    private static void CheckNumber(int disk, int number, string where)
    {
        if (disk is < 1 or > MaxDisks || number is < 1 or > MaxPartitions)
        {
            throw ConfigurationErrors.PartitionNumber(where);
        }
    }

    // A number that is no word's is read as JSON too.
    private static void CheckWords(PartitionPlan plan)
    {
        if (!Enum.IsDefined(plan.Os) || !Enum.IsDefined(plan.Join) || !Enum.IsDefined(plan.Use))
        {
            throw Errors.RequestMalformed("there is no such operating system, join mode or use of a partition");
        }
    }

    private static void CheckFormat(PartitionPlan plan, string where)
    {
        if (plan.Format is not null && (plan.Use != PartitionUse.Format || !Formats.Contains(plan.Format)))
        {
            throw ConfigurationErrors.FormatInvalid(where, plan.Format);
        }

        if (plan.Use == PartitionUse.Format && plan.Format is null)
        {
            throw ConfigurationErrors.FormatNeeded(where);
        }

        if (plan.Use == PartitionUse.Format && plan.Os != OperatingSystem.Data)
        {
            throw ConfigurationErrors.FormatOfSystem(where);
        }
    }
}
