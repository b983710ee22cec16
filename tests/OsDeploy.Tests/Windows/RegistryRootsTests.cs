using OsDeploy.Windows;
using Xunit;

namespace OsDeploy.Tests.Windows;

public sealed class RegistryRootsTests
{
    private const string Later = "Windows/System32/config/SYSTEM|Windows/System32/config/SOFTWARE|Windows/System32/config/SAM|Windows/System32/config/SECURITY|Windows/System32/config/DEFAULT|Users/Default/NTUSER.DAT";

    [Theory]
    [InlineData(@"HKEY_LOCAL_MACHINE\SYSTEM", "Windows/System32/config/SYSTEM", @"HKEY_LOCAL_MACHINE\SYSTEM", "")]
    [InlineData(@"hkey_local_machine\system\Setup", "Windows/System32/config/SYSTEM", @"HKEY_LOCAL_MACHINE\SYSTEM", "Setup")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SYSTEM\CurrentControlSet\Control", "Windows/System32/config/SYSTEM", @"HKEY_LOCAL_MACHINE\SYSTEM", @"CurrentControlSet\Control")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SOFTWARE\School\Room", "Windows/System32/config/SOFTWARE", @"HKEY_LOCAL_MACHINE\SOFTWARE", @"School\Room")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SAM\SAM", "Windows/System32/config/SAM", @"HKEY_LOCAL_MACHINE\SAM", "SAM")]
    [InlineData(@"HKEY_LOCAL_MACHINE\Security\Policy", "Windows/System32/config/SECURITY", @"HKEY_LOCAL_MACHINE\SECURITY", "Policy")]
    [InlineData(@"HKEY_USERS\.DEFAULT\Control Panel", "Windows/System32/config/DEFAULT", @"HKEY_USERS\.DEFAULT", "Control Panel")]
    [InlineData(@"HKEY_USERS\S-1-5-18\Control Panel", "Windows/System32/config/DEFAULT", @"HKEY_USERS\.DEFAULT", "Control Panel")]
    [InlineData(@"HKEY_CURRENT_USER\Software", "Users/Default/NTUSER.DAT", "HKEY_CURRENT_USER", "Software")]
    [InlineData(@"HKEY_CLASSES_ROOT\.txt", "Windows/System32/config/SOFTWARE", @"HKEY_LOCAL_MACHINE\SOFTWARE", @"Classes\.txt")]
    [InlineData("HKEY_CLASSES_ROOT", "Windows/System32/config/SOFTWARE", @"HKEY_LOCAL_MACHINE\SOFTWARE", "Classes")]
    public void A_key_lies_in_the_file_of_its_root(string key, string file, string root, string path) => Assert.Equal(new HivePlace(file, root, path), Of(key, Later));

    [Theory]
    [InlineData(@"HKEY_LOCAL_MACHINE\SYSTEM\Setup", "WINNT/System32/config/SYSTEM", "WINNT/System32/config/SYSTEM")]
    [InlineData(@"HKEY_CURRENT_USER\Software", "Documents and Settings/Default User/NTUSER.DAT", "Documents and Settings/Default User/NTUSER.DAT")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SYSTEM\Setup", "Windows/System32/config/SYSTEM|WINNT/System32/config/SYSTEM", "Windows/System32/config/SYSTEM")]
    public void Older_ones_have_other_folders(string key, string files, string file) => Assert.Equal(file, Of(key, files).File);

    [Theory]
    [InlineData(@"HKEY_LOCAL_MACHINE")]
    [InlineData(@"HKEY_LOCAL_MACHINE\HARDWARE\ACPI")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SYSTEMS")]
    [InlineData(@"HKEY_USERS\S-1-5-21-1\Software")]
    [InlineData(@"HKEY_USERS\S-1-5-180\Software")]
    [InlineData(@"HKEY_CURRENT_CONFIG\System")]
    [InlineData("")]
    public void What_is_in_no_file_is_refused_by_name(string key)
    {
        var refusal = Assert.Throws<UserErrorException>(() => Of(key, Later));

        Assert.Equal("registry-root", refusal.Code);
        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused() =>
        Assert.Equal("registry-hive", Assert.Throws<UserErrorException>(() => Of(@"HKEY_LOCAL_MACHINE\SAM\SAM", "WINNT/System32/config/SYSTEM")).Code);

    [Theory]
    [InlineData(@"HKEY_LOCAL_MACHINE\SOFTWARE\A", @"HKEY_LOCAL_MACHINE\SOFTWARE", "A")]
    [InlineData(@"HKEY_CLASSES_ROOT\.txt", @"hkey_local_machine\software", @"Classes\.txt")]
    [InlineData(@"HKEY_USERS\pupil\Software", @"HKEY_USERS\pupil", "Software")]
    [InlineData(@"HKEY_LOCAL_MACHINE\SOFTWARE\A", @"HKEY_LOCAL_MACHINE\SYSTEM", null)]
    public void A_single_file_has_the_keys_below_its_root(string key, string root, string? path)
    {
        if (path is null)
        {
            Assert.Equal("registry-root", Assert.Throws<UserErrorException>(() => RegistryRoots.Of(key, "file", root)).Code);
            return;
        }

        Assert.Equal(path, RegistryRoots.Of(key, "file", root).Path);
    }

    private static HivePlace Of(string key, string files) => RegistryRoots.Of(key, path => files.Split('|').Contains(path) ? path : null);
}
