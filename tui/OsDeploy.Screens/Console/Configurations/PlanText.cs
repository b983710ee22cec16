using System.Globalization;
using OsDeploy.Api.Configurations;
using OperatingSystem = OsDeploy.Api.Configurations.OperatingSystem;

namespace OsDeploy.Screens.Console.Configurations;

/// <summary>What becomes of a partition, in the cloneTool's words.</summary>
internal static class PlanText
{
    /// <summary>File systems a data partition can be given.</summary>
    public static IReadOnlyList<string> Formats { get; } = ["ntfs", "fat32", "fat16", "ext4", "ext3", "ext2", "btrfs", "xfs", "swap"];

    /// <summary><c>3</c>, or <c>2.3</c> on the second disk.</summary>
    public static string NumberOf(PartitionPlan plan) =>
        plan.Disk == 1 ? plan.Number.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{plan.Disk}.{plan.Number}");

    public static string OsOf(OperatingSystem os) => os switch
    {
        OperatingSystem.Data => Words.Configurations.OsData,
        OperatingSystem.Win2K => "Windows 2000",
        OperatingSystem.WinXP => "Windows XP",
        OperatingSystem.WinVista => "Windows Vista",
        OperatingSystem.Win7 => "Windows 7",
        OperatingSystem.Win8 => "Windows 8",
        OperatingSystem.Win10 => "Windows 10",
        OperatingSystem.Win11 => "Windows 11",
        OperatingSystem.WinBoot => Words.Configurations.OsWinBoot,
        _ => "Linux",
    };

    public static string JoinOf(JoinMode join) => join switch
    {
        JoinMode.Domain => Words.Configurations.JoinDomain,
        JoinMode.Workgroup => Words.Configurations.JoinWorkgroup,
        JoinMode.Simple => Words.Configurations.JoinSimple,
        _ => Words.Configurations.JoinNo,
    };

    public static string UseOf(PartitionUse use) => use switch
    {
        PartitionUse.Format => Words.Configurations.UseFormat,
        PartitionUse.Leave => Words.Configurations.UseLeave,
        PartitionUse.Raw => Words.Configurations.UseRaw,
        _ => Words.Configurations.UseImage,
    };

    /// <summary>Whether it holds a Windows that can be told who it is.</summary>
    public static bool IsWindows(OperatingSystem os) => os is not (OperatingSystem.Data or OperatingSystem.Linux or OperatingSystem.WinBoot);

    /// <summary>For <c>--partition</c>. Commas separate settings there, so a description with one cannot be given; an empty value takes one away.</summary>
    /// <param name="hasProductId">One was typed; it is not shown.</param>
    public static string SettingOf(PartitionPlan place, string? description, OperatingSystem? os, JoinMode? join, bool hasProductId, PartitionUse? use, string? format, bool? grow) =>
        NumberOf(place) + ":" + string.Join(',', new[]
        {
            "description=" + description?.Replace(',', ' '),
            "os=" + os,
            "join=" + join,
            hasProductId ? "product-id=..." : "",
            "use=" + use,
            "format=" + format,
            "grow=" + grow switch { null => "", true => "yes", false => "no" },
        }.Where(part => part.Length > 0));

    /// <returns>What is wrong with a product id; null: nothing.</returns>
    public static string? ProductIdRule(string text) =>
        text.Length <= 64 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? null : Words.Configurations.ProductIdRule;

    public static string Of(PartitionPlan plan) => string.Join(", ", new[]
    {
        plan.Description,
        OsOf(plan.Os),
        IsWindows(plan.Os) ? JoinOf(plan.Join) : "",
        UseOf(plan.Use) + (plan.Use == PartitionUse.Format ? " " + plan.Format : ""),
        plan.Grow ? Words.Configurations.Grows : "",
    }.Where(part => part.Length > 0));
}
