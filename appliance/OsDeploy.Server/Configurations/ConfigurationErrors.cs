using System.Globalization;
using OsDeploy.Text;

namespace OsDeploy.Server.Configurations;

/// <summary>Every sentence about configurations that an operator can read.</summary>
internal static class ConfigurationErrors
{
    public static UserErrorException Missing(params IReadOnlyList<string> names) => new(
        "configuration-missing",
        $"There is no configuration {string.Join(", ", names.Select(name => $"\"{Printable.Of(name)}\""))}.",
        "Look at the list of configurations for its name, or add it first.");

    public static UserErrorException OpenAndStrict() => new(
        "configuration-open-strict",
        "A configuration cannot let anybody restore its hosts and be strict.",
        "Choose one: `--open-restore no` or `--strict no`.");

    public static UserErrorException NameInvalid(string? name) => new(
        "configuration-name-invalid",
        $"\"{Printable.Of(name)}\" cannot be the name of a configuration.",
        "Use 1 to 32 characters that can be seen, with no blank at either end.");

    public static UserErrorException NameTaken(string name) => new(
        "configuration-name-taken", $"There is a configuration {Printable.Of(name)} already.", "Choose another name.");

    public static UserErrorException HasJobs(string name, string host) => new(
        "configuration-has-jobs",
        $"The configuration {Printable.Of(name)} cannot be deleted: its host {Printable.Of(host)} has a job that has not ended.",
        "Cancel the jobs of its hosts or wait for their end.");

    public static UserErrorException KeepInvalid(int count) => new(
        "keep-versions-invalid",
        string.Create(CultureInfo.InvariantCulture, $"{count} is not a number of versions to keep."),
        "Use 1 to 1000, or 0 to keep all.");

    public static UserErrorException PartitionNumber(string where) => new(
        "partition-number-invalid", $"There can be no {Printable.Of(where)}.", "Disks are counted from 1 to 32, partitions from 1 to 128.");

    public static UserErrorException PartitionTwice(string where) => new(
        "partition-twice-invalid", $"{Begin(where)} is there twice.", "Say once what becomes of it.");

    public static UserErrorException TooManyPartitions(int max) => new(
        "partition-count-invalid", string.Create(CultureInfo.InvariantCulture, $"A plan has at most {max} partitions."), "Name only those that are on the image.");

    public static UserErrorException FormatNeeded(string where) => new(
        "partition-format-needed-invalid",
        $"{Begin(where)} is to be formatted, and nothing says with which file system.",
        $"Choose one of {string.Join(", ", PlanRules.Formats)}.");

    public static UserErrorException FormatInvalid(string where, string? format) => new(
        "partition-format-invalid",
        $"{Begin(where)} cannot be formatted with \"{Printable.Of(format)}\".",
        $"Choose one of {string.Join(", ", PlanRules.Formats)}.");

    public static UserErrorException FormatOfSystem(string where) => new(
        "partition-format-system-invalid",
        $"{Begin(where)} holds an operating system, and is to be formatted.",
        "Call it a data partition, or take it from the image.");

    public static UserErrorException GrowTwice(string where) => new(
        "partition-grow-invalid",
        $"{Begin(where)} is the second one on its disk that is to grow.",
        "Let one partition of each disk take the room of a larger disk.");

    public static UserErrorException ProductIdInvalid(string where) => new(
        "partition-product-invalid",
        $"The product id of {Printable.Of(where)} is not one.",
        "Use up to 64 letters, digits and dashes.");

    public static UserErrorException DomainInvalid(string text) => new(
        "domain-invalid",
        $"\"{Printable.Of(text)}\" cannot be the name of a domain.",
        "Write its DNS name (school.local) or its NetBIOS name (SCHOOL), - for none.");

    public static UserErrorException UnitInvalid(string text) => new(
        "ou-invalid",
        $"\"{Printable.Of(text)}\" does not name an organisational unit of a domain.",
        "Write it as the domain does, OU=rooms,OU=pupils,DC=school,DC=local, with a backslash before a comma that is part of a name; - for none.");

    public static UserErrorException WorkgroupInvalid(string text) => new(
        "workgroup-invalid",
        $"\"{Printable.Of(text)}\" cannot be the name of a workgroup.",
        "Use 1 to 15 letters, digits, blanks and dashes, - alone for none.");

    public static UserErrorException StoreUrlInvalid(string url) => new(
        "remote-store-url-invalid", $"\"{Printable.Of(url)}\" is not the address of another appliance.", "Write https://HOST or https://HOST:PORT.");

    public static UserErrorException StorePinInvalid() => new(
        "remote-store-pin-invalid",
        "The fingerprint of the other appliance's key is not 64 hexadecimal digits.",
        "Copy it from the status screen of the other appliance.");

    public static UserErrorException StoreTokenInvalid() => new(
        "remote-store-token-invalid",
        "There is no usable token of an account on the other appliance.",
        "Make a token there for an account that may read images, and enter it together with its address and fingerprint.");

    private static string Begin(string where) => char.ToUpperInvariant(where[0]) + Printable.Of(where[1..]);
}
