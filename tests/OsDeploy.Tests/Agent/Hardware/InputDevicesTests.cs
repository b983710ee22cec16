using System.Text;
using OsDeploy.Agent.Hardware;
using OsDeploy.Api.Hosts;
using Xunit;

namespace OsDeploy.Tests.Agent.Hardware;

public sealed class InputDevicesTests
{
    internal const string Sample = """
        I: Bus=0019 Vendor=0000 Product=0001 Version=0000
        N: Name="Power Button"
        H: Handlers=kbd event0
        B: EV=3
        B: KEY=10000000000000 0

        I: Bus=0003 Vendor=413c Product=2113 Version=0111
        N: Name="Dell KB216"
        P: Phys=usb-0000:00:14.0-3/input0
        H: Handlers=sysrq kbd event1 leds
        B: EV=120013
        B: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe

        I: Bus=0003 Vendor=413c Product=2113 Version=0111
        N: Name="Dell KB216"
        H: Handlers=kbd event2
        B: EV=12001f

        I: Bus=0003 Vendor=046d Product=c05a Version=0111
        N: Name="Logitech M90"
        H: Handlers=mouse0 event3
        B: EV=17

        I: Bus=0019 Vendor=0000 Product=0006 Version=0000
        N: Name="Video Bus"
        H: Handlers=kbd event4
        B: EV=3

        """;

    [Fact]
    public void Keyboards_and_mice_are_found_once_and_buttons_are_neither() => Assert.Equal(
        [new Device("keyboard", "Dell KB216"), new Device("mouse", "Logitech M90")], InputDevices.Parse(Sample));

    [Fact]
    public void Any_text_is_read_without_a_fault() => Seeded.Cases(2000, random =>
        Assert.All(InputDevices.Parse(Encoding.UTF8.GetString(Mutation.Of(Encoding.UTF8.GetBytes(Sample), random))), device =>
        {
            Assert.Contains(device.Kind, (string[])["keyboard", "mouse"]);
            Assert.DoesNotContain(device.Name, char.IsControl);
        }));
}
