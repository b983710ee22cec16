using System.Text;
using OsDeploy.Api.Helper;
using OsDeploy.Helper.Health;
using OsDeploy.Helper.Storage;
using OsDeploy.Tests.Disks;
using OsDeploy.Tests.Helper;
using Xunit;

namespace OsDeploy.Tests.Health;

public sealed class SmartReportTests
{
    private static readonly DiskHealth s_known = new("sda", "A disk", 1 << 30, IsVirtual: false);

    [Fact]
    public void Every_kind_of_disk_says_it_in_its_own_way()
    {
        Assert.Equal(s_known with { Passed = true, Temperature = 34, Reallocated = 3, Pending = 1 }, SmartReport.Parse(SmartSamples.Wheels, s_known));
        Assert.Equal(s_known with { Passed = true, Temperature = 29, Wear = 7, Reallocated = 0 }, SmartReport.Parse(SmartSamples.Flash, s_known));
        Assert.Equal(s_known with { Passed = false, Temperature = 71, Wear = 104, Pending = 2 }, SmartReport.Parse(SmartSamples.Nvme, s_known));
        Assert.Equal(s_known, SmartReport.Parse(SmartSamples.NoSmart, s_known));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"smart_status":true,"temperature":[34],"ata_smart_attributes":{"table":{"id":5}}}""")]
    [InlineData("""{"smart_status":{"passed":"yes"},"temperature":{"current":"34"},"ata_smart_attributes":{"table":[5,null,{"id":"5"},{"id":5},{"id":5,"raw":{"value":-1}}]}}""")]
    [InlineData("""{"temperature":{"current":1e99},"nvme_smart_health_information_log":{"percentage_used":-1,"media_errors":1.5},"scsi_grown_defect_list":null}""")]
    public void What_is_not_as_it_should_be_is_not_known(string json) => Assert.Equal(s_known, SmartReport.Parse(json, s_known));

    [Theory]
    [InlineData("")]
    [InlineData("smartctl: command not understood")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{} {}")]
    public void What_smartctl_does_not_print_is_refused(string text) => Assert.Throws<FormatException>(() => SmartReport.Parse(text, s_known));

    [Fact]
    public void What_is_too_deep_or_too_long_is_refused()
    {
        Assert.Throws<FormatException>(() => SmartReport.Parse($"{{\"a\":{new string('[', 20)}{new string(']', 20)}}}", s_known));
        Assert.Throws<FormatException>(() => SmartReport.Parse("{}" + new string(' ', 1 << 20), s_known));
    }

    [Theory]
    [InlineData(SmartSamples.Wheels)]
    [InlineData(SmartSamples.Nvme)]
    public void Damaged_text_is_read_or_refused(string json) => TextMutation.Fuzz(json, text => _ = SmartReport.Parse(text, s_known));

    [Fact]
    public void The_disks_of_virtual_machines_are_told_from_real_ones()
    {
        var disk = BlockDevice.Parse(LsblkSamples.Server)[0];

        Assert.False(DiskExamination.IsVirtual(disk));
        Assert.True(DiskExamination.IsVirtual(disk with { Model = "QEMU HARDDISK" }));
        Assert.True(DiskExamination.IsVirtual(disk with { Model = "Virtual disk" }));
        Assert.True(DiskExamination.IsVirtual(disk with { Name = "vda", Model = null, Tran = "virtio" }));
    }

    [Fact]
    public void The_longest_answer_fits_in_a_line_and_comes_back_the_same()
    {
        var text = string.Concat(Enumerable.Repeat("\u00e9", 500));
        var answer = HelperAnswer.Healthy(Enumerable.Repeat(new DiskHealth(text, text, long.MaxValue, false, false, int.MinValue, int.MinValue, long.MinValue, long.MinValue), 40));

        var line = HelperProtocol.LineOf(answer);

        Assert.InRange(line.Length, 1, HelperProtocol.MaxLine);
        Assert.Equal(answer.Health!, HelperProtocol.ParseAnswer(line.AsSpan(0, line.Length - 1)).Health!);
        Assert.DoesNotContain(text, Encoding.UTF8.GetString(line), StringComparison.Ordinal);
    }
}
